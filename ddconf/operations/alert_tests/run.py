"""Run the cases of monitors and SLOs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter

from ddconf.alerting.choices import Choices
from ddconf.alerting.data import Data
from ddconf.alerting.groups import Group, group_text
from ddconf.alerting.machine import GroupState, Reading
from ddconf.alerting.monitor import Monitor, window_of
from ddconf.alerting.notification import Notification, notification_of
from ddconf.alerting.notifications import TimelineEntry
from ddconf.alerting.timeline import Conditions, Timeline
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.alerting.windows import Span, every
from ddconf.errors import DdconfError
from ddconf.operations.alert_tests.addresses import OBJECTIVE
from ddconf.operations.alert_tests.bench import AlertBench, group_named
from ddconf.operations.alert_tests.cases import AlertCase, AlertSuite
from ddconf.operations.alert_tests.compare import ObservedGroup, as_expected, sampled, transitions
from ddconf.operations.alert_tests.coverage import alert_coverage
from ddconf.operations.alert_tests.objectives import judge_objective, objective_coverage
from ddconf.operations.alert_tests.times import offset_text
from ddconf.pipelines.cases import Case, Suite
from ddconf.pipelines.coverage import Coverage
from ddconf.pipelines.verdict import CaseStatus, LogDifference, Report, Verdict


@dataclass
class _Ran:
    """A case that was run: what was seen at the times it asks about, which blocks were shown."""

    timeline: Timeline
    data: Data
    seen: Mapping[tuple[Group, float], ObservedGroup]
    shown: set[int]


def run_alerts(suites: tuple[AlertSuite, ...], bench: AlertBench) -> Iterator[Report]:
    """A report for each suite, in order."""
    for suite in suites:
        yield _report(suite, bench)


def _report(suite: AlertSuite, bench: AlertBench) -> Report:
    ran: list[_Ran] = []
    verdicts: list[Verdict] = []
    for case in suite.cases:
        start = perf_counter()
        verdict = _judge(case, bench, ran)
        verdicts.append(replace(verdict, seconds=perf_counter() - start))
    cases = tuple(Case(case.name, None, case.source, origin=case.origin) for case in suite.cases)
    return Report(Suite(suite.address, (), cases), tuple(verdicts), _coverage(suite, bench, ran))


def _coverage(suite: AlertSuite, bench: AlertBench, ran: list[_Ran]) -> Coverage | None:
    """Of a monitor; None where its query cannot be read."""
    if suite.address.startswith(OBJECTIVE):
        return objective_coverage(suite, bench)
    try:
        monitor = bench.monitor(suite.address)
    except DdconfError:
        return None
    shown = {position for one in ran for position in one.shown}
    return alert_coverage(monitor, [one.timeline for one in ran], shown)


def _judge(case: AlertCase, bench: AlertBench, ran: list[_Ran]) -> Verdict:
    if case.skip:
        return Verdict(CaseStatus.SKIPPED, reasons=(case.skip,))
    try:
        if case.address.startswith(OBJECTIVE):
            return judge_objective(case, bench)
        one = _run(case, bench)
        ran.append(one)
        return _verdict(case, one, bench)
    except Uncomputable as error:
        hint = "state what it yields: given: {values: ...}"
        return Verdict(CaseStatus.FAILED, reasons=(f"{error} ({hint})",))
    except DdconfError as error:
        return Verdict(CaseStatus.FAILED, reasons=tuple(map(str, error.diagnostics)))


def _run(case: AlertCase, bench: AlertBench) -> _Ran:
    monitor = bench.monitor(case.address)
    run = span_of_case(case, monitor)
    data = data_of_case(bench, case, monitor, run)
    asked = {expectation.at for items in case.samples.values() for expectation in items}
    seen: dict[tuple[Group, float], ObservedGroup] = {}

    def observe(at: float, _: Mapping[Group, Reading], states: Mapping[Group, GroupState]) -> None:
        if at in asked:
            seen.update({(group, at): ObservedGroup.of(state) for group, state in states.items()})

    timeline = bench.run(case.address, data, run, conditions_of(case, monitor), observe)
    return _Ran(timeline, data, seen, set())


def data_of_case(bench: AlertBench, case: AlertCase, monitor: Monitor, run: Span) -> Data:
    """What a monitor looks at in a case, or the values that it states in place of that."""
    data = bench.data(case.address, case, run)
    if case.given.values is None:
        return data
    values = {group_named(name, monitor.groups): item for name, item in case.given.values.items()}
    return replace(data, stated=values)


def span_of_case(case: AlertCase, monitor: Monitor) -> Span:
    """From the start of a case to its end, which is a window after its last sample where it names none."""
    if case.until is not None:
        return case.start, case.until
    window = window_of(monitor.query)
    return case.start, case.last + max(window.seconds, every(window))


def conditions_of(case: AlertCase, monitor: Monitor, choices: Choices | None = None) -> Conditions:
    """The downtimes of a case, and the groups that it knows at its start."""
    own = (item.downtime for item in case.downtimes if item.monitor in ("", case.address))
    known = {group_named(name, monitor.groups): status for name, status in case.given.status.items()}
    return Conditions(tuple(own), known, choices or Choices())


def _verdict(case: AlertCase, one: _Ran, bench: AlertBench) -> Verdict:
    sent = partial(_sent, one, case)
    for entry in one.timeline.notified:
        sent(entry)
    found: list[LogDifference] = []
    if case.expected is not None:
        found += transitions(case, one.timeline.entries, one.timeline.history, sent)
    wrong = {item.path for item in found}
    found += sampled(case, one.seen, one.timeline.history)
    found += _never(case, one.timeline)
    notes = tuple(_open_questions(case, one, bench))
    actual = {"expect": as_expected(case, one.timeline, wrong)} if wrong else None
    return Verdict(CaseStatus.FAILED if found else CaseStatus.PASSED, tuple(found), notes, actual)


def _sent(one: _Ran, case: AlertCase, entry: TimelineEntry) -> Notification:
    notification = notification_of(one.timeline, entry, case.given.metadata)
    one.shown |= notification.shown
    return notification


def _never(case: AlertCase, timeline: Timeline) -> Iterator[LogDifference]:
    for entry in timeline.entries:
        status = str(entry.change.transition.status)
        if status in case.never:
            place = f"{group_text(entry.change.group)} {offset_text(entry.change.at - case.start)}"
            yield LogDifference((place,), f"never {status}", status, case.source)


def _open_questions(case: AlertCase, one: _Ran, bench: AlertBench) -> Iterator[str]:
    """Where the documentation leaves open what Datadog does, and the case would come out otherwise."""
    if case.given.values is not None:
        return
    monitor = one.timeline.monitor
    run = span_of_case(case, monitor)
    said = _story(one.timeline)
    for what, choices in Choices().others():
        if choices.matters_to(monitor.query):
            other = bench.run(case.address, one.data, run, conditions_of(case, monitor, choices))
            if _story(other) != said:
                yield f"this depends on Datadog: it would be otherwise if {what}"


def _story(timeline: Timeline) -> list[tuple[float, Group, str]]:
    return [(entry.change.at, entry.change.group, str(entry.change.transition)) for entry in timeline.entries]
