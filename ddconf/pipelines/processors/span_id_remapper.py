"""span-id-remapper: the official span id from the first source, which is removed.

https://docs.datadoghq.com/logs/log_configuration/processors/span_remapper/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.processors import processor
from ddconf.pipelines.reserved_fields import remap_reserved
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply


@processor("span-id-remapper")
def span_id_remapper(spec: Spec) -> Apply:
    return remap_reserved(spec, "span_id", text_of, keeps_source=False, default=("dd.span_id",))
