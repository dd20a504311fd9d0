"""The monitors, SLOs and pipelines of a folder, ready to be run over the data of a case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ddconf.address import Address
from ddconf.alerting.choices import Choices
from ddconf.alerting.data import Data, ReferencedMonitor
from ddconf.alerting.events import ArrivedEvent
from ddconf.alerting.groups import Group
from ddconf.alerting.metrics.samples import Samples
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.objective import Objective
from ddconf.alerting.sources import History
from ddconf.alerting.timeline import Conditions, Observer, Timeline, run_monitor
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.alerting.windows import Span
from ddconf.definitions import references
from ddconf.definitions.load import Definitions
from ddconf.document import JSON, Document
from ddconf.operations.alert_tests.addresses import MONITOR, OBJECTIVE
from ddconf.operations.alert_tests.cases import AlertCase, GivenLog
from ddconf.operations.pipeline_tests.defined_pipelines import as_run, pipelines_of
from ddconf.pipelines.engine import Pipelines, compile_pipelines
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.log import Log
from ddconf.queries.monitors import Composite, SloAlert


@dataclass(frozen=True)
class AlertBench:
    """Runs what a folder defines; a monitor or SLO is named by its address."""

    definitions: Definitions
    enrichment: Enrichment | None = None

    def monitor(self, address: str) -> Monitor:
        """Raises QueryError for a query that cannot be read, KeyError for an address that is not defined."""
        return Monitor.read(self.documents[address])

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Of all monitors and SLOs; references stay as they are written."""
        return {
            str(item.address): as_run(item.document)
            for item in self.definitions.items.values()
            if item.address.kind in (MONITOR, OBJECTIVE)
        }

    @cached_property
    def pipelines(self) -> Pipelines:
        return compile_pipelines(list(pipelines_of(self.definitions).values()), enrichment=self.enrichment)

    def events(self, logs: Iterable[GivenLog]) -> list[ArrivedEvent]:
        """The logs in the order in which they arrive, as the pipelines leave them."""
        found = [ArrivedEvent(item.time, self._log(item)) for item in logs]
        return sorted(found, key=lambda event: event.time)

    def data(self, address: str, case: AlertCase, run: Span) -> Data:
        """What the monitor or SLO looks at in a case."""
        return self.data_of(address, case.series, self.events(case.logs), run, case)

    def data_of(
        self,
        address: str,
        series: Sequence[Samples],
        events: Sequence[ArrivedEvent],
        run: Span,
        case: AlertCase | None = None,
    ) -> Data:
        given = case.given if case else None
        objectives = {
            token: document
            for name, document in self.documents.items()
            if name.startswith(OBJECTIVE)
            for token in tokens(name)
        }
        data = Data(
            series,
            {"logs": events},
            case.checks if case else (),
            {**objectives, **(given.objectives if given else {})},
        )
        parts = {
            id: self._part(name, data, run, case.states if case else {})
            for id, name in self.parts(address).items()
        }
        return replace(data, parts=parts)

    def run(
        self,
        address: str,
        data: Data,
        run: Span,
        conditions: Conditions | None = None,
        observe: Observer | None = None,
    ) -> Timeline:
        return run_monitor(self.monitor(address), data, run, conditions, observe)

    def _log(self, item: GivenLog) -> Log:
        given: dict[str, JSON] = {**item.given}
        if "tags" in given:
            given["tags"] = tuple(given["tags"])
        if isinstance(item.log, str):
            log = Log.from_text(item.log, **given)
        else:
            log = Log.from_event(item.log, **given)
        return self.pipelines.run(log).log if item.piped else log

    def parts(self, address: str) -> dict[str, str]:
        """Id -> address of the monitors that a composite or an SLO, or the SLO of an alert, is made of."""
        document = self.documents[address]
        if address.startswith(OBJECTIVE):
            ids = [str(id) for id in document.get("monitor_ids") or ()]
        else:
            query = self.monitor(address).query
            if isinstance(query, SloAlert):
                objective = referred(query.slo.value)
                return self.parts(objective) if objective in self.documents else {}
            ids = [part.id for part in query.parts] if isinstance(query, Composite) else []
        return {id: referred(id) for id in ids}

    def _part(self, address: str, data: Data, run: Span, states: Mapping[str, History]) -> ReferencedMonitor:
        """By the states that a case gives, else by running the monitor over the same data."""
        known = address in self.documents
        if address in states:
            return ReferencedMonitor(states[address], not known or self.monitor(address).tells_no_data)
        if not known:
            raise Uncomputable(f"the status of {address}")
        timeline = self.run(address, data, run, Conditions(choices=Choices()))
        return ReferencedMonitor(timeline.history, timeline.monitor.tells_no_data)

    def objective(self, address: str) -> Objective:
        return Objective.read(self.documents[address])


def tokens(address: str) -> tuple[str, str]:
    """How other definitions may name the id of an object."""
    return f"${{{address}}}", f"${{{address}.id}}"


def referred(id: str) -> str:
    """The address that a reference to an id names; the id itself if it is none."""
    if not (id.startswith("${") and id.endswith("}")):
        return id
    reference = references.parse(id[2:-1])
    return str(Address(reference.kind, reference.name))


def group_named(name: str, keys: Sequence[str]) -> Group:
    """`host:a,env:b` or `a,b` as a group of a monitor that is split by `host` and `env`."""
    if name == "*" or not keys:
        return ()
    parts = name.split(",", len(keys) - 1)
    return tuple((key, part.removeprefix(f"{key}:")) for key, part in zip(keys, parts, strict=False))
