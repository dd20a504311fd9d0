"""span-id-remapper: the official span id from the first source, which is removed.

https://docs.datadoghq.com/logs/log_configuration/processors/span_remapper/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.official import remap_official
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.spec import Spec


@processor("span-id-remapper")
def span_id_remapper(spec: Spec) -> Apply:
    return remap_official(spec, "span_id", text_of, keeps_source=False, default=("dd.span_id",))
