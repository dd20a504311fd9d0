"""message-remapper: the official message from the first source, which is removed.

https://docs.datadoghq.com/logs/log_configuration/processors/log_message_remapper/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.processors import processor
from ddconf.pipelines.reserved_fields import remap_reserved
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply


@processor("message-remapper")
def message_remapper(spec: Spec) -> Apply:
    return remap_reserved(spec, "message", text_of, keeps_source=False)
