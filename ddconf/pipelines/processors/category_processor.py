"""category-processor: writes the name of the first category whose query matches.

https://docs.datadoghq.com/logs/log_configuration/processors/category_processor/
"""

from __future__ import annotations

from ddconf.pipelines.processors import processor
from ddconf.pipelines.query import Query
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import ProcessorReport, Reason, applied
from ddconf.pipelines.working_log import MutableLog


@processor("category-processor")
def category_processor(spec: Spec) -> Apply:
    target, categories = spec.target(), named_queries(spec)
    none = ProcessorReport(Reason.NO_MATCH, "no category matched")
    done = {name: applied(name) for name, _ in categories}

    def apply(log: MutableLog) -> ProcessorReport:
        for name, query in categories:
            if query.matches(log):
                log.write_new(target, name)
                return done[name]
        return none

    return apply


def named_queries(spec: Spec) -> tuple[tuple[str, Query], ...]:
    """The categories of a processor in order, each with its name and its query."""
    found: list[tuple[str, Query]] = []
    for index in range(len(spec.items("categories"))):
        category = spec.below("categories", index)
        found.append((category.text("name"), category.query()))
    spec.parts.extend(name for name, _ in found)
    return tuple(found)
