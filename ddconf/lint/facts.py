"""What the definitions say of log attributes, gathered once for all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.document import Document, get
from ddconf.errors import Severity
from ddconf.lint.attributes import RESERVED, is_inside
from ddconf.lint.finding import REMOVE, Finding, Place
from ddconf.lint.log_queries import LogSearch, log_queries
from ddconf.lint.metric_queries import MetricUse, metric_uses
from ddconf.lint.scope import Scope, meets, query_scope, scope_of
from ddconf.lint.uses import Role, Use, uses_of
from ddconf.lint.writes import Write, covers, enabled, writes_of
from ddconf.queries.bodies import body_problems
from ddconf.queries.monitor import MonitorBody, monitor_of
from ddconf.queries.problem import QueryProblem

if TYPE_CHECKING:
    from ddconf.pipelines.stage import Stage

PIPELINE = "logs_custom_pipeline"

_ASK_METRICS = ("dashboard", "monitor", "notebook", "powerpack", "service_level_objective")

Observe = Callable[[Address], Mapping[str, frozenset[str]]]
"""The attributes, with the names of their types, that logs of a pipeline's tests have in the end."""


@dataclass(frozen=True)
class Pipeline:
    """A log pipeline: what it is for, and what it writes."""

    address: Address
    document: Document
    stages: tuple[Stage, ...]
    """Those that are switched on, the pipeline itself first."""

    @cached_property
    def scope(self) -> Scope:
        """The sources and services of its logs, as far as its filter names them."""
        scope = scope_of(str(get(self.document, ("filter", "query"), "")))
        if any(stage.type == "service-remapper" for stage in self.stages):
            scope = {name: values for name, values in scope.items() if name != "service"}
        return scope

    @cached_property
    def writes(self) -> tuple[Write, ...]:
        return tuple(writes_of(self.address, self.document, iter(self.stages)))

    @cached_property
    def attributes(self) -> frozenset[str]:
        return frozenset(write.attribute for write in self.writes)

    @property
    def reads_text(self) -> bool:
        """Whether all attributes come from rules, since the logs are lines of text and not JSON."""
        own = self.stages[1:]
        first = next((stage for stage in own if stage.reads and stage.type != "pipeline"), None)
        parses = first is not None and first.type == "grok-parser" and first.reads == ("message",)
        return parses and not any(stage.opaque for stage in own)


@dataclass(frozen=True)
class Facts:
    """`documents` in file order, `order` the addresses of pipelines in the order in which they run.

    `adopted` are the ids that definitions say of their objects, `handles` what `lint.handles` of ddconf.yaml
    lists.
    """

    documents: Mapping[Address, Document]
    order: tuple[Address, ...] = ()
    observe: Observe = field(default=lambda _address: {})
    adopted: frozenset[str] = frozenset()
    handles: tuple[str, ...] = ()

    def of_kind(self, kind: str) -> Iterator[tuple[Address, Document]]:
        return ((address, item) for address, item in self.documents.items() if address.kind == kind)

    @cached_property
    def pipelines(self) -> tuple[Pipeline, ...]:
        """All log pipelines that are switched on, in their order."""
        addresses = dict.fromkeys((*self.order, *(address for address, _ in self.of_kind(PIPELINE))))
        if not addresses:
            return ()
        from ddconf.pipelines.asset import to_api
        from ddconf.pipelines.engine import examine
        from ddconf.pipelines.spec import RunSettings

        documents = {address: to_api(self.documents[address]) for address in addresses}
        compiled, _ = examine(documents.values(), RunSettings())
        pairs = zip(documents.items(), compiled.stages, strict=True)
        found = (
            Pipeline(address, document, tuple(enabled(stage, document)))
            for (address, document), stage in pairs
        )
        return tuple(pipeline for pipeline in found if pipeline.stages)

    @cached_property
    def queries(self) -> tuple[LogSearch, ...]:
        """Every log search."""
        return tuple(query for found in self._queries.values() for query in found)

    @cached_property
    def _queries(self) -> Mapping[Address, tuple[LogSearch, ...]]:
        return {
            address: tuple(log_queries(Place(address), document))
            for address, document in self.documents.items()
        }

    @cached_property
    def uses(self) -> tuple[Use, ...]:
        """Every use of an attribute outside of pipelines."""
        return tuple(use for found in self.uses_by.values() for use in found)

    @cached_property
    def uses_by(self) -> Mapping[Address, tuple[Use, ...]]:
        """Every use of an attribute outside of pipelines, by the definition that it stands in."""
        return {
            address: tuple(uses_of(Place(address), document, self._queries[address]))
            for address, document in self.documents.items()
            if address.kind != PIPELINE
        }

    @cached_property
    def processor_uses(self) -> tuple[Use, ...]:
        """Every attribute that a processor or its filter reads."""
        return tuple(
            Use(attribute, Role.PROCESSOR, Place(pipeline.address, stage.path[1:]))
            for pipeline in self.pipelines
            for stage in pipeline.stages
            for attribute in stage.reads
            if attribute not in RESERVED
        )

    @cached_property
    def facets(self) -> Mapping[str, tuple[Address, Document]]:
        """Facets of attributes by path."""
        return {
            str(document.get("path")): (address, document)
            for address, document in self.of_kind("logs_facet")
            if document.get("source", "log") == "log"
        }

    @cached_property
    def log_metrics(self) -> Mapping[str, tuple[Address, Document]]:
        """Metrics made from logs by name."""
        return {
            str(document.get("id")): (address, document) for address, document in self.of_kind("logs_metric")
        }

    @cached_property
    def metric_uses(self) -> tuple[MetricUse, ...]:
        """Every metric in a query."""
        return tuple(
            use
            for address, document in self.documents.items()
            if address.kind in _ASK_METRICS
            for use in metric_uses(Place(address), document)
        )

    @cached_property
    def problems(self) -> tuple[tuple[Address, QueryProblem], ...]:
        """What is wrong with queries and what belongs to them, each definition by itself."""
        return tuple(
            (address, problem)
            for address, document in self.documents.items()
            for problem in body_problems(address.kind, document)
        )

    @cached_property
    def monitors(self) -> Mapping[Address, MonitorBody]:
        """Every monitor with its query read."""
        return {address: monitor_of(document) for address, document in self.of_kind("monitor")}

    def broken(self, rule: str, *, removes: bool = False) -> Iterator[Finding]:
        """The problems that break a rule; those that Datadog takes are warnings.

        `removes` says that the field has to go.
        """
        for address, problem in self.problems:
            if problem.rule == rule:
                place = Place(address, problem.path, problem.start, problem.length)
                severity = Severity.WARNING if problem.warning else Severity.ERROR
                fix = (problem.path, REMOVE) if removes else None
                yield Finding(place, problem.message, problem.hint, severity, fix=fix)

    @cached_property
    def written(self) -> frozenset[str]:
        """Every attribute that some pipeline writes."""
        return frozenset(name for pipeline in self.pipelines for name in pipeline.attributes)

    def writers(self, attribute: str) -> Iterator[Write]:
        """What writes the attribute, something around it or something in it, in the order of running."""
        for pipeline in self.pipelines:
            for write in pipeline.writes:
                if is_inside(write.attribute, attribute) or is_inside(attribute, write.attribute):
                    yield write

    def types(self, attribute: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        """The types that pipelines give an attribute; empty where one of them is not known."""
        found: set[str] = set()
        for pipeline in self.pipelines:
            for write in pipeline.writes:
                if write.attribute != attribute:
                    continue
                lent = [source for source in write.from_ if source not in seen]
                types = [self.types(source, seen | {attribute}) for source in lent] if lent else []
                if not write.type and not all(types or [frozenset()]):
                    return frozenset()
                found |= {write.type} if write.type else frozenset().union(*types)
        return frozenset(found)

    def meeting(self, query: LogSearch | None) -> tuple[Pipeline, ...]:
        """The pipelines that the logs of a search may go through."""
        scope = query_scope(query)
        return tuple(item for item in self.pipelines if meets(item.scope, scope))

    def handling(self, query: LogSearch | None) -> tuple[Pipeline, ...]:
        """The pipelines for the very logs that a search names by source or service."""
        named = query_scope(query).keys()
        return tuple(item for item in self.meeting(query) if item.scope.keys() & named)

    def produces(self, attribute: str, query: LogSearch | None = None) -> bool:
        """Whether a pipeline that the search's logs may go through writes the attribute."""
        return covers(self.written_for(query), attribute)

    def written_for(self, query: LogSearch | None) -> frozenset[str]:
        """What the pipelines that the logs of a search may go through write."""
        return frozenset(name for pipeline in self.meeting(query) for name in pipeline.attributes)

    def arrives(self, attribute: str, pipelines: tuple[Pipeline, ...]) -> bool:
        """Whether a log of the pipelines' tests has the attribute in the end."""
        return any(covers(frozenset(self.observe(item.address)), attribute) for item in pipelines)
