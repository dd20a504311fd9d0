"""status-remapper: the official status from the first source, which stays.

https://docs.datadoghq.com/logs/log_configuration/processors/log_status_remapper/
"""

from __future__ import annotations

from ddconf.pipelines.processors import processor
from ddconf.pipelines.reserved_fields import remap_reserved
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.status import official_status


@processor("status-remapper")
def status_remapper(spec: Spec) -> Apply:
    return remap_reserved(spec, "status", official_status, keeps_source=True)
