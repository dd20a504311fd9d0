"""Log-based metrics: every processed log that matches is counted or measured, indexed or not.

https://docs.datadoghq.com/logs/log_configuration/logs_to_metrics/
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ddconf.document import JSON, Document
from ddconf.living.series import metric_tags
from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import Query, parse_query, reader

Read = Callable[[Log], Iterator[JSON]]


@dataclass(frozen=True, slots=True)
class Measure:
    """What one log adds to a metric: one more, or a value of a distribution."""

    metric: str
    tags: tuple[str, ...]
    value: float | None = None


@dataclass(frozen=True, slots=True)
class LogMetric:
    """`value` reads the measure of a distribution, None for a count; `groups` are tag names with readers."""

    name: str
    query: Query
    groups: tuple[tuple[str, Read], ...] = ()
    value: Read | None = None

    def measures(self, log: Log) -> Iterator[Measure]:
        """Nothing for a distribution of a log without a number there."""
        if not self.query.matches(log):
            return
        tags = metric_tags(
            f"{name}:{text_of(value)}" for name, read in self.groups for value in list(read(log))[:1]
        )
        if self.value is None:
            yield Measure(self.name, tags)
            return
        for found in self.value(log):
            if isinstance(found, int | float) and not isinstance(found, bool):
                yield Measure(self.name, tags, float(found))


def read_log_metric(document: Document) -> LogMetric:
    """From the API's document; raises QueryError for a filter that cannot be read."""
    compute = document.get("compute") or {}
    groups = tuple(
        (str(group.get("tag_name") or group["path"].removeprefix("@")), reader(str(group["path"])))
        for group in document.get("group_by") or []
    )
    distribution = compute.get("aggregation_type") == "distribution"
    return LogMetric(
        str(document["id"]),
        parse_query(str((document.get("filter") or {}).get("query") or "*")),
        groups,
        reader(str(compute.get("path") or "")) if distribution else None,
    )
