"""message-remapper: the official message from the first source, which is removed.

https://docs.datadoghq.com/logs/log_configuration/processors/log_message_remapper/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.official import remap_official
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.spec import Spec


@processor("message-remapper")
def message_remapper(spec: Spec) -> Apply:
    return remap_official(spec, "message", text_of, keeps_source=False)
