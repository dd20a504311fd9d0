"""How an SLO has fared, computed from what has arrived.

https://docs.datadoghq.com/api/latest/service-level-objectives/#get-an-slos-history
"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.alerting.data import Data
from ddconf.alerting.groups import EVERYTHING
from ddconf.alerting.objective import Objective
from ddconf.alerting.slo_source import Tally
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.document import JSON, Document
from ddconf.emulator.wire import Response, answer
from ddconf.errors import DdconfError
from ddconf.living.queries.samples import read_samples
from ddconf.living.routes import IncomingRequest, endpoint
from ddconf.queries import parse_metric_query
from ddconf.queries.tree import all_series

_STEPS = 12
_METRIC, _TIME_SLICE = "metric", "time_slice"


@endpoint("GET", "/api/v1/slo/{id}/history")
def history(call: IncomingRequest) -> Response:
    """Of SLOs over metrics and over time slices; others are answered as without data."""
    response = call.ask_api()
    slo = call.sandbox.organisation.get("slo", call.args["id"])
    if response.status != 200 or slo is None or slo.get("type") not in (_METRIC, _TIME_SLICE):
        return response
    body = response.json()
    start, end = body["data"]["from_ts"], body["data"]["to_ts"]
    tally = _tally(call, slo, start, end)
    if tally is None or not tally.between(start, end)[1]:
        return response
    body["data"]["overall"] |= _overall(slo, tally, start, end)
    if slo["type"] == _METRIC:
        body["data"]["series"] = _series(tally, start, end)
    return answer(200, body)


def _tally(call: IncomingRequest, slo: Document, start: int, end: int) -> Tally | None:
    try:
        names = [leaf.metric for text in _queries(slo) for leaf in all_series(parse_metric_query(text))]
        data = Data(read_samples(call.sandbox, names, start, end))
        return Objective.read(slo).tallies(data, (start, end)).get(EVERYTHING)
    except (Uncomputable, DdconfError):
        return None


def _queries(value: JSON) -> Iterator[str]:
    """The metric queries that stand somewhere in an SLO."""
    if isinstance(value, list):
        for item in value:
            yield from _queries(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ("numerator", "denominator", "query") and isinstance(item, str):
                yield item
            else:
                yield from _queries(item)


def _overall(slo: Document, tally: Tally, start: int, end: int) -> Document:
    sli = tally.sli(start, end) or 0.0
    budgets = {
        str(item["timeframe"]): (sli - item["target"]) / (100 - item["target"]) * 100
        for item in slo.get("thresholds") or []
    }
    state = "breached" if any(budget < 0 for budget in budgets.values()) else "ok"
    return {"sli_value": sli, "error_budget_remaining": budgets, "state": state, "errors": []}


def _series(tally: Tally, start: int, end: int) -> Document:
    """Good and total events in a dozen steps."""
    interval = max(60, (end - start) // _STEPS)
    starts = range(start, end, interval)
    steps = [tally.between(first, min(first + interval, end)) for first in starts]
    good, total = [number for number, _ in steps], [number for _, number in steps]
    return {
        "res_type": "time_series",
        "resp_version": 2,
        "interval": interval,
        "times": [moment * 1000 for moment in starts],
        "numerator": {"values": good, "sum": sum(good), "count": len(good)},
        "denominator": {"values": total, "sum": sum(total), "count": len(total)},
    }
