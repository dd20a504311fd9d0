"""States of monitors' groups, laid over the monitors as they are configured.

https://docs.datadoghq.com/api/latest/monitors/#get-a-monitors-details
"""

from __future__ import annotations

from ddconf.alerting.groups import group_text, tags_of
from ddconf.alerting.status import Status
from ddconf.document import Document
from ddconf.emulator.wire import Response, answer, texts
from ddconf.living.routes import IncomingRequest, endpoint

_STATES = {"all": None, "alert": "Alert", "warn": "Warn", "no data": "No Data", "ok": "OK"}
_PAGE = 30


@endpoint("GET", "/api/v1/monitor/{id}")
def read_monitor(call: IncomingRequest) -> Response:
    response = call.ask_api()
    if "group_states" not in call.query or response.status != 200:
        return response
    monitor = response.json()
    return answer(200, {**monitor, "state": {"groups": _groups(call, monitor)}})


@endpoint("GET", "/api/v1/monitor")
def list_monitors(call: IncomingRequest) -> Response:
    response = call.ask_api()
    if "group_states" not in call.query or response.status != 200:
        return response
    listed = [{**item, "state": {"groups": _groups(call, item)}} for item in response.json()]
    return answer(200, listed)


def _groups(call: IncomingRequest, monitor: Document) -> dict[str, Document]:
    asked = [name.strip().lower() for name in call.query["group_states"].split(",")]
    if any(name not in _STATES for name in asked):
        raise texts(400, "Invalid group_state filters.")
    wanted = {_STATES[name] for name in asked}
    watched = call.sandbox.monitors.find(monitor["id"])
    states = watched.group_states() if watched else {}
    return {name: state for name, state in states.items() if None in wanted or state["status"] in wanted}


@endpoint("GET", "/api/v1/monitor/groups/search")
def search_groups(call: IncomingRequest) -> Response:
    """https://docs.datadoghq.com/api/latest/monitors/#monitors-group-search"""
    response = call.ask_api()
    if response.status != 200:
        return response
    ids = [item["id"] for item in _matching(call)]
    found = [item for id in ids for item in _found(call, id)]
    size, page = int(call.query.get("per_page") or _PAGE), int(call.query.get("page") or 0)
    metadata = {
        "total_count": len(found),
        "page": page,
        "per_page": size,
        "page_count": -(-len(found) // size),
    }
    shown = found[page * size : (page + 1) * size]
    return answer(200, {**response.json(), "groups": shown, "metadata": metadata})


def _matching(call: IncomingRequest) -> list[Document]:
    """The monitors that the same search finds."""
    query = call.query.get("query", "")
    listed: list[Document] = call.ask_api(f"/api/v1/monitor/search?per_page=1000&query={query}").json()[
        "monitors"
    ]
    return listed


def _found(call: IncomingRequest, id: int) -> list[Document]:
    watched = call.sandbox.monitors.find(id)
    if watched is None:
        return []
    return [
        {
            "monitor_id": id,
            "monitor_name": watched.monitor.name,
            "group": group_text(group),
            "group_tags": list(tags_of(group)),
            "status": str(state.shown),
            "last_triggered_ts": int(state.triggered[1]) if state.triggered else None,
            "last_nodata_ts": watched.times.get(group, {}).get(Status.NO_DATA),
        }
        for group, state in watched.machine.states.items()
    ]
