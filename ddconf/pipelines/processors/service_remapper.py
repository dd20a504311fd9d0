"""service-remapper: the official service from the first source, which stays.

https://docs.datadoghq.com/logs/log_configuration/processors/service_remapper/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.processors import processor
from ddconf.pipelines.reserved_fields import remap_reserved
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply


@processor("service-remapper")
def service_remapper(spec: Spec) -> Apply:
    return remap_reserved(spec, "service", text_of, keeps_source=True)
