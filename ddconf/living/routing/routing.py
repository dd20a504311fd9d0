"""A configuration compiled once: log in, processed log and its places out.

The order is Datadog's: pipelines, scanner, and then, each on the processed log, metrics, archive,
destinations and index. https://docs.datadoghq.com/logs/log_configuration/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from ddconf.document import Document
from ddconf.errors import DdconfError
from ddconf.living.routing.archives import Archive, read_archive
from ddconf.living.routing.configuration import Configuration
from ddconf.living.routing.destinations import Destination, read_destination
from ddconf.living.routing.indexes import Index, first_match, read_index
from ddconf.living.routing.log_metrics import LogMetric, Measure, read_log_metric
from ddconf.living.routing.scanner import ScannerGroup, read_group
from ddconf.living.routing.why import Why
from ddconf.pipelines.engine import compile_pipelines
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.log import Log
from ddconf.pipelines.stage import Stage
from ddconf.pipelines.timestamp import Clock
from ddconf.pipelines.working_log import MutableLog

Made = TypeVar("Made")
_NOT_PARSED = "datadog.pipelines:false"
_SHIPPED = frozenset(
    ("hostname", "host", "service", "status", "timestamp", "@timestamp", "date", "level", "severity")
)


@dataclass(frozen=True, slots=True)
class RoutedLog:
    """A processed log, why it goes where it goes, and what it adds to metrics."""

    log: Log
    why: Why
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Routing:
    """`faults` says what of the configuration could not be compiled and is left out."""

    stages: tuple[Stage, ...] = ()
    groups: tuple[ScannerGroup, ...] = ()
    indexes: tuple[Index, ...] = ()
    metrics: tuple[LogMetric, ...] = ()
    archives: tuple[Archive, ...] = ()
    destinations: tuple[Destination, ...] = ()
    faults: tuple[str, ...] = ()

    def route(self, log: Log, number: int) -> RoutedLog:
        """The log's way; by its `number` a log is sampled that has nothing else to be sampled by."""
        log, pipelines = self._process(log)
        log, rules = self._scan(log, number)
        measures = tuple(measure for metric in self.metrics for measure in metric.measures(log))
        index = first_match(self.indexes, log)
        archive = next((archive for archive in self.archives if archive.query.matches(log)), None)
        why = Why(
            pipelines,
            rules,
            index.name if index else None,
            index.sample(log, number) if index else None,
            archive=archive.id if archive else None,
            metrics=tuple(dict.fromkeys(measure.metric for measure in measures)),
            destinations=tuple(one.name for one in self.destinations if one.query.matches(log)),
        )
        return RoutedLog(log, why, measures)

    def _process(self, log: Log) -> tuple[Log, tuple[str, ...]]:
        draft = MutableLog(log, traced=False)
        applied = tuple(stage.name for stage in self.stages if stage.run(draft).reason is None)
        processed = draft.freeze()
        if processed.attributes.keys() <= _SHIPPED and _NOT_PARSED not in processed.tags:
            processed = replace(processed, tags=(*processed.tags, _NOT_PARSED))
        return processed, applied

    def _scan(self, log: Log, number: int) -> tuple[Log, tuple[str, ...]]:
        found: tuple[str, ...] = ()
        for group in self.groups:
            log, names = group.scan(log, number)
            found += names
        return log, found


def compile_routing(
    configuration: Configuration, *, now: Clock | None = None, enrichment: Enrichment | None = None
) -> Routing:
    """Compile what can be compiled; a sandbox goes on without a pipeline that Datadog would refuse."""
    faults: list[str] = []

    def read(
        what: str, documents: Iterable[Document], make: Callable[[Document], Made | None]
    ) -> tuple[Made, ...]:
        made = []
        for document in documents:
            try:
                item = make(document)
            except (DdconfError, KeyError, TypeError, ValueError) as error:
                faults.append(f"{what} {document.get('name') or document.get('id')}: {error}")
            else:
                made += [item] if item is not None else []
        return tuple(made)

    def stage(document: Document) -> Stage:
        return compile_pipelines([document], now=now, enrichment=enrichment).stages[0]

    return Routing(
        read("pipeline", configuration.pipelines, stage),
        read("scanner group", configuration.scanner_groups, read_group),
        read("index", configuration.indexes, read_index),
        read("metric", configuration.metrics, read_log_metric),
        read("archive", configuration.archives, read_archive),
        read("destination", configuration.destinations, read_destination),
        tuple(faults),
    )
