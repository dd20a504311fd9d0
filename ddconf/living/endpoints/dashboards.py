"""Dashboards on live data: the page of one, its script, and its board over the logs of a span."""

from __future__ import annotations

from functools import partial

from ddconf.document import Document
from ddconf.emulator.wire import Response, answer, texts
from ddconf.living.dashboards import DashboardPages
from ddconf.living.queries.metric_rows import metric_rows
from ddconf.living.queries.times import iso, read_time
from ddconf.living.routes import IncomingRequest, endpoint

_VARIABLE = "tpl_var_"


@endpoint("GET", "/dashboard/{id}", keys="none")
def dashboard_page(call: IncomingRequest) -> Response:
    return _asset(_pages(call).page(_dashboard(call)), "text/html")


@endpoint("GET", "/_sandbox/dashboard.js", keys="none")
def dashboard_script(call: IncomingRequest) -> Response:
    return _asset(_pages(call).script(), "text/javascript")


@endpoint("GET", "/_sandbox/dashboard/{id}", keys="none")
def dashboard_board(call: IncomingRequest) -> Response:
    """`?range=1h`, or `from` and `to` in milliseconds; `tpl_var_NAME` as Datadog's own pages have them."""
    sandbox, asked = call.sandbox, call.query
    now = sandbox.clock()
    end = read_time(asked.get("to") or "now", now)
    start = read_time(asked.get("from") or f"now-{asked.get('range') or '1h'}", now)
    logs = [stored.log for stored in sandbox.logs.between(start, end)]
    chosen = {
        name.removeprefix(_VARIABLE): [value]
        for name, value in asked.items()
        if name.startswith(_VARIABLE) and value
    }
    monitors = call.ask_api("/api/v1/monitor").json()
    metrics = partial(metric_rows, sandbox)
    said = _pages(call).board(_dashboard(call), logs, (start, end), chosen, monitors, metrics)
    return answer(200, {**said, "from": iso(start), "to": iso(end)})


def _pages(call: IncomingRequest) -> DashboardPages:
    if (pages := call.sandbox.settings.dashboards) is None:
        raise texts(404, "Dashboards are not drawn here")
    return pages


def _dashboard(call: IncomingRequest) -> Document:
    found = call.ask_api(f"/api/v1/dashboard/{call.args['id']}")
    if found.status != 200:
        raise texts(404, f"Dashboard with ID {call.args['id']} not found")
    document: Document = found.json()
    return document


def _asset(text: str, type: str) -> Response:
    headers = {
        "content-type": f"{type}; charset=utf-8",
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
    }
    return Response(200, text.encode("utf-8", errors="replace"), headers)
