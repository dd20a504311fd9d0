"""service-remapper: the official service from the first source, which stays.

https://docs.datadoghq.com/logs/log_configuration/processors/service_remapper/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.official import remap_official
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.spec import Spec


@processor("service-remapper")
def service_remapper(spec: Spec) -> Apply:
    return remap_official(spec, "service", text_of, keeps_source=True)
