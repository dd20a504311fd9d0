"""trace-id-remapper: the official trace id from the first source, which is removed.

https://docs.datadoghq.com/logs/log_configuration/processors/trace_remapper/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.official import remap_official
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.spec import Spec


@processor("trace-id-remapper")
def trace_id_remapper(spec: Spec) -> Apply:
    return remap_official(spec, "trace_id", text_of, keeps_source=False, default=("dd.trace_id",))
