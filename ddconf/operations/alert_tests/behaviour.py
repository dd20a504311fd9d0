"""What a change to a monitor does on the data at hand: run before and after, and compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ddconf.address import Address
from ddconf.alerting.comparison import MonitorEffect, StatusComparison
from ddconf.alerting.events import ArrivedEvent
from ddconf.alerting.groups import group_text
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.notification import notification_of
from ddconf.alerting.run_record import RunRecord, record_run
from ddconf.alerting.status import Status
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.definitions.settings import Settings
from ddconf.document import Document
from ddconf.errors import DdconfError
from ddconf.operations.alert_tests.addresses import MONITOR
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.cases import AlertCase
from ddconf.operations.alert_tests.scenarios import Scenario, case_scenario, sample_events, sample_scenarios
from ddconf.operations.alert_tests.times import offset_text
from ddconf.operations.pipeline_tests.defined_pipelines import as_run
from ddconf.operations.pipeline_tests.suites import collect
from ddconf.operations.preview import arriving_logs
from ddconf.plans.change import Action, Plan

_VERBS = {Status.ALERT: "alerts", Status.WARN: "warns", Status.NO_DATA: "tells of missing data"}
_MOST_CHARTS = 3


@dataclass(frozen=True, slots=True)
class _Pair:
    """One scenario under the monitor as it is and as it shall be."""

    scenario: Scenario
    before: RunRecord
    after: RunRecord


def monitor_effects(plan: Plan, root: Path, settings: Settings) -> dict[Address, MonitorEffect]:
    """What each update of a monitor in the plan changes; nothing where the folder's tests have mistakes."""
    updates = [
        (change.address, change.before, as_run(change.desired))
        for change in plan.changes
        if change.action is Action.UPDATE
        and change.address.kind == MONITOR
        and change.before
        and change.desired
    ]
    if not updates:
        return {}
    try:
        collection = collect(root, settings)
    except DdconfError:
        return {}
    bench = AlertBench(collection.loaded)
    cases = {suite.address: suite.cases for suite in collection.alerts}
    logs = [log for found in arriving_logs(collection, lambda: datetime.now(UTC)).values() for log in found]
    events = sample_events(bench, logs)
    found = {
        address: effect(bench, cases.get(str(address), ()), events, before, after)
        for address, before, after in updates
        if str(address) in bench.documents
    }
    return {address: item for address, item in found.items() if item.lines}


def effect(
    bench: AlertBench,
    cases: Sequence[AlertCase],
    events: Sequence[ArrivedEvent],
    before: Document,
    after: Document,
) -> MonitorEffect:
    """What a monitor does otherwise on the data of some cases, and on sample logs after the pipelines."""
    try:
        monitors = Monitor.read(before), Monitor.read(after)
    except DdconfError:
        return MonitorEffect()
    pairs = [
        _Pair(scenario, *recordings)
        for scenario in _scenarios(bench, cases, events, monitors)
        if (recordings := _recordings(scenario, monitors))
    ]
    lines = [line for status, verb in _VERBS.items() if (line := _counted(pairs, status, verb))]
    charts = [chart for pair in pairs for chart in _charts(pair)]
    return MonitorEffect(tuple(lines or _texts(pairs)), tuple(charts[:_MOST_CHARTS]))


def _scenarios(
    bench: AlertBench,
    cases: Sequence[AlertCase],
    events: Sequence[ArrivedEvent],
    monitors: tuple[Monitor, Monitor],
) -> Iterator[Scenario]:
    """Cases of their own address come first; what only states values says nothing of a query."""
    for case in cases:
        if case.given.values is None and not case.skip:
            try:
                yield case_scenario(bench, case, monitors[1])
            except (Uncomputable, DdconfError):
                continue
    yield from sample_scenarios(monitors, events)


def _recordings(scenario: Scenario, monitors: tuple[Monitor, Monitor]) -> tuple[RunRecord, RunRecord] | None:
    """None where one of the two cannot be computed."""
    try:
        before, after = (
            record_run(monitor, scenario.data, scenario.run, scenario.conditions(monitor))
            for monitor in monitors
        )
    except (Uncomputable, DdconfError):
        return None
    return before, after


def _charts(pair: _Pair) -> Iterator[StatusComparison]:
    """Of the groups whose statuses differ."""
    groups = dict.fromkeys((*pair.before.timeline.history, *pair.after.timeline.history))
    for group in groups:
        before, after = pair.before.group(group), pair.after.group(group)
        if list(before.statuses) != list(after.statuses):
            name = f", {group_text(group)}" if group else ""
            yield StatusComparison(
                f"{pair.scenario.name}{name}",
                pair.scenario.run,
                before,
                after,
                (pair.before.thresholds, pair.after.thresholds),
                pair.scenario.case is None,
            )


def _counted(pairs: Sequence[_Pair], status: Status, verb: str) -> str:
    """`alerts 3 times instead of 1 (first 8m into 'flapping')`."""
    times = [(_times(pair.before, status), _times(pair.after, status)) for pair in pairs]
    differing = [pair for pair, (old, new) in zip(pairs, times, strict=True) if old != new]
    if not differing:
        return ""
    old, new = (sum(map(len, column)) for column in zip(*times, strict=True))
    first = differing[0]
    before, after = (_first(first, _times(recording, status)) for recording in (first.before, first.after))
    case = f"into '{first.scenario.name}'" if first.scenario.case else f"in the {first.scenario.name}"
    if old == new:
        return f"first {verb} {after or 'not at all'} instead of {before or 'not at all'} {case}"
    return f"{verb} {_often(new)} instead of {old}" + (f" (first {after} {case})" if after else "")


def _first(pair: _Pair, times: Sequence[float]) -> str:
    """When a status came first: after the start of a case, or at a time of the day; empty for never."""
    if not times:
        return ""
    if pair.scenario.case:
        return offset_text(min(times) - pair.scenario.run[0])
    return datetime.fromtimestamp(min(times), UTC).strftime("%H:%M")


def _times(recording: RunRecord, status: Status) -> list[float]:
    return [
        entry.change.at
        for entry in recording.timeline.entries
        if entry.change.transition.status is status and not entry.change.transition.is_renotify
    ]


def _often(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _texts(pairs: Sequence[_Pair]) -> list[str]:
    """Where the same is told at the same times: how many texts or recipients are others."""
    told = [
        (notification_of(before, old), notification_of(after, new))
        for before, after in ((pair.before.timeline, pair.after.timeline) for pair in pairs)
        for old, new in zip(before.notified, after.notified, strict=False)
    ]
    texts = sum(old.text != new.text for old, new in told)
    receivers = sum(old.recipients != new.recipients for old, new in told)
    lines = [f"another text in {texts} of {len(told)} notifications"] if texts else []
    return lines + ([f"other recipients of {receivers} of {len(told)} notifications"] if receivers else [])
