"""What the remappers of reserved attributes have in common; each has its own file in `processors/`.

https://docs.datadoghq.com/logs/log_configuration/processors/
"""

from __future__ import annotations

from collections.abc import Callable

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.sources import by_source, first_source, missing
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import ProcessorReport, Reason
from ddconf.pipelines.working_log import MutableLog


def remap_reserved(
    spec: Spec,
    field: str,
    convert: Callable[[JSON], str],
    keeps_source: bool,
    default: tuple[str, ...] = (),
) -> Apply:
    """What sets a reserved attribute, by the first of all such remappers whose source has a value."""
    sources = spec.sources(default)
    none, done = missing(sources), by_source(sources)
    late = ProcessorReport(Reason.NOT_FIRST, f"an earlier remapper has set the {field}")

    def apply(log: MutableLog) -> ProcessorReport:
        path, value = first_source(log, sources)
        if value is ABSENT:
            return none
        if field in log.assigned_fields:
            return late
        log.assigned_fields.add(field)
        log.set_field(field, convert(value))
        if not keeps_source:
            log.remove(path)
        return done[path]

    return apply
