"""What monitors do on the data at hand, as previews show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from ddconf.alerting.events import ArrivedEvent
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.run_record import ScenarioRecord, record_run
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.errors import DdconfError
from ddconf.operations.alert_tests.addresses import MONITOR
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.cases import AlertCase
from ddconf.operations.alert_tests.scenarios import Scenario, case_scenario, sample_events, sample_scenarios
from ddconf.pipelines.log import Log


@dataclass(frozen=True)
class PreviewRuns:
    """Runs monitors by name over their test cases, and over sample logs as they arrive."""

    bench: AlertBench
    cases: Mapping[str, Sequence[AlertCase]]
    logs: Sequence[Log]

    def __call__(self, name: str) -> list[ScenarioRecord]:
        """Raises Uncomputable and DdconfError where no scenario at all can be run."""
        monitor = self.bench.monitor(f"{MONITOR}.{name}")
        found: list[ScenarioRecord] = []
        errors: list[Uncomputable | DdconfError] = []
        for scenario in self._scenarios(name, monitor):
            try:
                found.append(_recorded(scenario(), monitor))
            except (Uncomputable, DdconfError) as error:
                errors.append(error)
        if errors and not found:
            raise errors[0]
        return found

    @cached_property
    def _events(self) -> list[ArrivedEvent]:
        """All pages look at the same logs."""
        return sample_events(self.bench, self.logs)

    def _scenarios(self, name: str, monitor: Monitor) -> Iterator[Callable[[], Scenario]]:
        """Each still to be made, which may fail."""
        for case in self.cases.get(f"{MONITOR}.{name}", ()):
            if not case.skip:
                yield partial(case_scenario, self.bench, case, monitor)
        for scenario in sample_scenarios([monitor], self._events):
            yield partial(replace, scenario)


def _recorded(scenario: Scenario, monitor: Monitor) -> ScenarioRecord:
    case = scenario.case
    recording = record_run(monitor, scenario.data, scenario.run, scenario.conditions(monitor))
    return ScenarioRecord(scenario.name, recording, case is None, case.given.metadata if case else {})
