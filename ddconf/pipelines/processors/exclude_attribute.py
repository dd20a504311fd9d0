"""exclude-attribute: removes an attribute; official fields and tags cannot be removed.

https://docs.datadoghq.com/logs/log_configuration/processors/exclude_attribute_processor/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import ABSENT, find
from ddconf.pipelines.processors import processor
from ddconf.pipelines.query import RESERVED_FIELDS
from ddconf.pipelines.sources import unreadable
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply, no_op
from ddconf.pipelines.trace import APPLIED, ProcessorReport, Reason
from ddconf.pipelines.working_log import MutableLog


@processor("exclude-attribute")
def exclude_attribute(spec: Spec) -> Apply:
    name = spec.text("attribute_to_exclude")
    if name in RESERVED_FIELDS:
        spec.problem(
            f"the reserved attribute '{name}' cannot be excluded", "attribute_to_exclude", warning=True
        )
        return no_op(ProcessorReport(Reason.UNUSABLE, f"{name} is a reserved attribute"))
    path = spec.reading(name)

    def apply(log: MutableLog) -> ProcessorReport:
        if find(log.attributes, path) is ABSENT:
            return unreadable(path, ABSENT)
        log.remove(path)
        return APPLIED

    return apply
