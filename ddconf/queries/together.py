"""What is wrong with monitors together with what they speak of: composites and their parts, alerts of SLOs.

https://docs.datadoghq.com/monitors/types/composite/ https://docs.datadoghq.com/service_level_objectives/burn_rate/
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ddconf.document import Document, get
from ddconf.queries.monitor import MonitorBody, number
from ddconf.queries.monitors import Composite, SloAlert
from ddconf.queries.problem import QueryProblem
from ddconf.queries.tree import Span


def unknown_parts(monitor: MonitorBody, known: Collection[str]) -> Iterator[QueryProblem]:
    """Ids in a composite that no known monitor has; references are checked elsewhere."""
    if isinstance(monitor.query, Composite):
        for part in monitor.query.parts:
            if part.id.isdigit() and part.id not in known:
                answer = "Some monitor IDs are invalid"
                yield _at(
                    part.span,
                    f"no monitor has the id {part.id}",
                    "write ${monitor.name.id}",
                    "composite-unknown-id",
                    answer,
                )


def slo_alert_problems(monitor: MonitorBody, slo: Document) -> Iterator[QueryProblem]:
    """A burn rate that the target makes impossible, and a timeframe that the SLO does not have."""
    query = monitor.query
    if not isinstance(query, SloAlert):
        return
    thresholds = slo.get("thresholds")
    targets = {
        str(get(item, ("timeframe",))): number(get(item, ("target",)))
        for item in (thresholds if isinstance(thresholds, list) else [])
    }
    over, method = query.text("over"), query.method("over")
    if targets and over not in targets and method is not None:
        yield _at(
            method.span,
            f"the SLO has no timeframe {over}",
            f"it has {', '.join(targets)}",
            "timeframe-not-in-slo",
        )
    target = targets.get(str(over))
    rate = query.comparison.threshold
    if query.measure != "burn_rate" or target is None or rate is None or not 0 < target < 100:
        return
    most = round(100 / (100 - target), 6)
    if rate > most:
        answer = (
            f"Alert threshold ({rate}) must be in range 0 to {most} for burn rate alerts "
            "(max threshold = 1/1-slo target)."
        )
        message = f"the burn rate can never be above {most:g}"
        hint = f"a target of {target:g} burns at most 1 / (1 - target)"
        yield _at(query.comparison.threshold_span, message, hint, "burn-rate-unreachable", answer)


def _at(span: Span, message: str, hint: str, rule: str, answer: str = "") -> QueryProblem:
    return QueryProblem(("query",), message, hint, span[0], span[1] - span[0], answer, rule=rule)
