"""Cases of SLOs: their status, state and error budget at some time."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.alerting.groups import group_text, values_text
from ddconf.alerting.slo import Target
from ddconf.alerting.slo_source import Tally, seconds
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.document import JSON
from ddconf.errors import DdconfError
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.cases import AlertCase, AlertSuite, Expectation
from ddconf.operations.alert_tests.compare import is_close
from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.coverage import Coverage, CoveredPart
from ddconf.pipelines.verdict import CaseStatus, LogDifference, Verdict


def judge_objective(case: AlertCase, bench: AlertBench) -> Verdict:
    """Raises Uncomputable."""
    objective = bench.objective(case.address)
    end = case.until or case.last
    run = (case.start, end)
    tallies = objective.tallies(bench.data(case.address, case, run), run)
    timeframe, target = next(iter(objective.targets.items()))
    found: list[LogDifference] = []
    for name, expectations in case.samples.items():
        group = next((item for item in tallies if name in (group_text(item), values_text(item))), None)
        if group is None:
            found.append(LogDifference((f"group {name}",), "a group", ABSENT, case.source))
            continue
        for expectation in expectations:
            found += _differences(name, expectation, tallies[group], target, seconds(timeframe) or 0)
    return Verdict(CaseStatus.FAILED if found else CaseStatus.PASSED, tuple(found))


def objective_coverage(suite: AlertSuite, bench: AlertBench) -> Coverage:
    """Which states of an SLO its cases reached at the times that they ask about."""
    reached = {state for case in suite.cases if not case.skip for state in _states(case, bench)}
    target = next(iter(bench.objective(suite.address).targets.values()), Target(100))
    states = ("ok", *(("warning",) if target.warning is not None else ()), "breached")
    parts = [CoveredPart(("status", state), "status", state) for state in states]
    return Coverage(
        tuple(part for part in parts if part.name in reached),
        tuple(part for part in parts if part.name not in reached),
    )


def _states(case: AlertCase, bench: AlertBench) -> Iterator[str]:
    """Nothing where the case cannot be computed."""
    run = (case.start, case.until or case.last)
    objective = bench.objective(case.address)
    try:
        tallies = objective.tallies(bench.data(case.address, case, run), run)
    except (Uncomputable, DdconfError):
        return
    timeframe, target = next(iter(objective.targets.items()))
    times = {expectation.at for expectations in case.samples.values() for expectation in expectations}
    for at in times:
        for tally in tallies.values():
            yield target.state(tally.sli(at - (seconds(timeframe) or 0), at))


def _differences(
    name: str, expectation: Expectation, tally: Tally, target: Target, timeframe: float
) -> Iterator[LogDifference]:
    """The window is the time since the first sample where that is shorter than the timeframe."""
    sli = tally.sli(expectation.at - timeframe, expectation.at)
    found: dict[str, JSON] = {
        "sli": sli,
        "state": target.state(sli),
        "error_budget_remaining": None if sli is None else target.error_budget_remaining(sli),
    }
    for key, expected in expectation.fields.items():
        actual = found.get(key)
        same = expected == actual if key == "state" else is_close(expected, actual)
        if not same:
            place = f"{name} {expectation.when} {key}"
            yield LogDifference((place,), expected, actual, expectation.source)
