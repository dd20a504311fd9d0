"""Data at hand on which a monitor can be run: its test cases, and the sample logs of pipelines."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ddconf.alerting.data import Data
from ddconf.alerting.events import ArrivedEvent
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.timeline import Conditions
from ddconf.alerting.windows import DAY, HOUR, MINUTE, Span
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.cases import AlertCase
from ddconf.operations.alert_tests.data_needs import log_needs
from ddconf.operations.alert_tests.run import conditions_of, data_of_case, span_of_case
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import parse_query

_MOST_STRETCHES = 20


@dataclass(frozen=True, slots=True)
class Scenario:
    """Some data, the time that they are of, and the test case that they come from."""

    name: str
    run: Span
    data: Data
    case: AlertCase | None = None

    def conditions(self, monitor: Monitor) -> Conditions:
        return conditions_of(self.case, monitor) if self.case else Conditions(starts_unknown=True)


def case_scenario(bench: AlertBench, case: AlertCase, monitor: Monitor) -> Scenario:
    """Raises Uncomputable, and DdconfError for a query that cannot be read."""
    run = span_of_case(case, monitor)
    return Scenario(case.name, run, data_of_case(bench, case, monitor, run), case)


def sample_events(bench: AlertBench, logs: Iterable[Log]) -> list[ArrivedEvent]:
    """Sample logs as the pipelines leave them, by the time that is found in them; others are left out."""
    done = (bench.pipelines.run(log, trace=False).log for log in logs)
    events = (ArrivedEvent(log.timestamp / 1000, log) for log in done if log.timestamp is not None)
    return sorted(events, key=lambda event: event.time)


def sample_scenarios(monitors: Sequence[Monitor], events: Iterable[ArrivedEvent]) -> Iterator[Scenario]:
    """The events that one of the monitors looks at.

    Samples come from many days, so each stretch of them without a longer pause is run by itself.
    """
    searches = [parse_query(need.search) for monitor in monitors for need in log_needs(monitor)]
    if not searches:
        return
    found = [event for event in events if any(search.matches(event.log) for search in searches)]
    window = max(monitor.window.window.seconds for monitor in monitors)
    for stretch in _stretches(found, max(window, HOUR)):
        end = min(stretch[-1].time + window, stretch[0].time + DAY)
        run = math.floor(stretch[0].time / MINUTE) * MINUTE, math.ceil(end / MINUTE) * MINUTE
        begin = datetime.fromtimestamp(run[0], UTC).strftime("%Y-%m-%d")
        yield Scenario(f"sample logs of {begin}", run, Data(events={"logs": stretch}))


def _stretches(events: Sequence[ArrivedEvent], pause: float) -> list[list[ArrivedEvent]]:
    found: list[list[ArrivedEvent]] = []
    for event in events:
        if not found or event.time - found[-1][-1].time > pause:
            found.append([])
        found[-1].append(event)
    return found[:_MOST_STRETCHES]
