"""What a change to a monitor does on the data of its test cases: run before and after, and compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ddconf.address import Address
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.notification import notification_of
from ddconf.alerting.status import Status
from ddconf.alerting.timeline import Timeline, run_monitor
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.definitions.load import load
from ddconf.definitions.settings import Settings
from ddconf.document import Document
from ddconf.errors import DdconfError
from ddconf.operations.alert_tests.addresses import MONITOR
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.cases import AlertCase
from ddconf.operations.alert_tests.run import conditions_of, span_of_case
from ddconf.operations.alert_tests.suites import alert_suites
from ddconf.operations.alert_tests.times import offset_text
from ddconf.operations.pipeline_tests.defined_pipelines import as_run
from ddconf.operations.pipeline_tests.files import find_test_files
from ddconf.plans.change import Action, Plan

_VERBS = {Status.ALERT: "alerts", Status.WARN: "warns", Status.NO_DATA: "tells of missing data"}


@dataclass(frozen=True, slots=True)
class _Pair:
    """The timelines of one case, of the monitor as it is and as it shall be."""

    case: AlertCase
    before: Timeline
    after: Timeline


def alert_behaviours(plan: Plan, root: Path, settings: Settings) -> dict[Address, list[str]]:
    """What each update of a monitor in the plan changes on the data of its test cases, in words."""
    updates = {
        str(change.address): (change.address, change.before, as_run(change.desired))
        for change in plan.changes
        if change.action is Action.UPDATE
        and change.address.kind == MONITOR
        and change.before
        and change.desired
    }
    files = find_test_files((root,), settings.ignore).own if updates else ()
    if not files:
        return {}
    definitions = load(root, settings)
    bench = AlertBench(definitions)
    found = {
        suite.address: compared(bench, suite.cases, *updates[suite.address][1:])
        for suite in alert_suites(definitions, files, settings.variables, [])
        if suite.address in updates
    }
    return {updates[address][0]: lines for address, lines in found.items() if lines}


def compared(bench: AlertBench, cases: Sequence[AlertCase], before: Document, after: Document) -> list[str]:
    """What a monitor does otherwise on the data of some cases, in words."""
    pairs = _pairs(bench, cases, before, after)
    lines = [line for status, verb in _VERBS.items() if (line := _counted(pairs, status, verb))]
    return lines or _texts(pairs)


def _pairs(bench: AlertBench, cases: Sequence[AlertCase], before: Document, after: Document) -> list[_Pair]:
    """Of the cases that both can be run on."""
    try:
        old, new = Monitor.read(before), Monitor.read(after)
    except DdconfError:
        return []
    pairs = []
    for case in cases:
        if case.given.values is not None or case.skip:
            continue
        try:
            run = span_of_case(case, new)
            data = bench.data(case.address, case, run)
            timelines = (run_monitor(one, data, run, conditions_of(case, one)) for one in (old, new))
            pairs.append(_Pair(case, *timelines))
        except (Uncomputable, DdconfError):
            continue
    return pairs


def _counted(pairs: Sequence[_Pair], status: Status, verb: str) -> str:
    """`alerts 3 times instead of 1 (first 8m into 'flapping')`."""
    differing = [pair for pair in pairs if _times(pair.before, status) != _times(pair.after, status)]
    if not differing:
        return ""
    old, new = (
        sum(len(_times(timeline, status)) for timeline in timelines)
        for timelines in ([pair.before for pair in pairs], [pair.after for pair in pairs])
    )
    first = differing[0]
    before, after = (_first(first, timeline, status) for timeline in (first.before, first.after))
    case = f"into '{first.case.name}'"
    if old == new:
        return f"first {verb} {after or 'not at all'} instead of {before or 'not at all'} {case}"
    return f"{verb} {_often(new)} instead of {old}" + (f" (first {after} {case})" if after else "")


def _first(pair: _Pair, timeline: Timeline, status: Status) -> str:
    """When a status came first, as an offset; empty for never."""
    times = _times(timeline, status)
    return offset_text(min(times) - pair.case.start) if times else ""


def _times(timeline: Timeline, status: Status) -> list[float]:
    return [
        entry.change.at
        for entry in timeline.entries
        if entry.change.transition.status is status and not entry.change.transition.is_renotify
    ]


def _often(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _texts(pairs: Sequence[_Pair]) -> list[str]:
    """Where the same is told at the same times: how many texts or recipients are others."""
    told = [
        (notification_of(pair.before, old), notification_of(pair.after, new))
        for pair in pairs
        for old, new in zip(pair.before.notified, pair.after.notified, strict=False)
    ]
    texts = sum(old.text != new.text for old, new in told)
    receivers = sum(old.recipients != new.recipients for old, new in told)
    lines = [f"another text in {texts} of {len(told)} notifications"] if texts else []
    return lines + ([f"other recipients of {receivers} of {len(told)} notifications"] if receivers else [])
