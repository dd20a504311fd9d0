"""status-remapper: the official status from the first source, which stays.

https://docs.datadoghq.com/logs/log_configuration/processors/log_status_remapper/
"""

from __future__ import annotations

from ddconf.pipelines.official import remap_official
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.status import official_status


@processor("status-remapper")
def status_remapper(spec: Spec) -> Apply:
    return remap_official(spec, "status", official_status, keeps_source=True)
