"""trace-id-remapper: the official trace id from the first source, which is removed.

https://docs.datadoghq.com/logs/log_configuration/processors/trace_remapper/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.processors import processor
from ddconf.pipelines.reserved_fields import remap_reserved
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply


@processor("trace-id-remapper")
def trace_id_remapper(spec: Spec) -> Apply:
    return remap_reserved(spec, "trace_id", text_of, keeps_source=False, default=("dd.trace_id",))
