"""An apply with thirty changes of all sorts: creates, updates, deletes, an order, references."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from ddconf.state.journal import load_state
from ddconf.state.open import open_backend
from tests.e2e.conftest import Desk
from tests.e2e.stories import PIPELINE

Definitions = dict[str, dict[str, Any]]


def monitor(number: int, message: str) -> dict[str, Any]:
    query = f"avg(last_5m):avg:system.cpu.user{{host:h{number}}} > 90"
    return {"name": f"CPU {number}", "type": "query alert", "query": query, "message": message}


def before() -> Definitions:
    """What is applied at first: five monitors and three pipelines stay or change, the rest goes."""
    return {
        "monitor": {f"m{number}": monitor(number, "first") for number in range(10)},
        "logs_custom_pipeline": {f"p{number}": {**PIPELINE, "name": f"p{number}"} for number in range(6)},
        "dashboard": {"old": _dashboard("old")},
    }


def after() -> Definitions:
    """Thirty changes away from `before`."""
    return {
        "monitor": {
            **{f"m{number}": monitor(number, "second") for number in range(5)},
            **{f"m{number}": monitor(number, "new") for number in range(10, 14)},
        },
        "logs_custom_pipeline": {
            **{f"p{number}": {**PIPELINE, "name": f"p{number}", "is_enabled": False} for number in range(3)},
            **{f"p{number}": {**PIPELINE, "name": f"p{number}"} for number in range(6, 9)},
        },
        "logs_pipeline_order": {
            "order": {
                "pipeline_ids": [f"${{logs_custom_pipeline.p{number}}}" for number in (8, 0, 7, 1, 6, 2)]
            }
        },
        "logs_metric": {"requests": {"id": "web.requests", "compute": {"aggregation_type": "count"}}},
        "service_level_objective": {
            f"s{number}": {
                "name": f"Up {number}",
                "type": "monitor",
                "monitor_ids": [f"${{monitor.m{number}}}"],
                "thresholds": [{"timeframe": "30d", "target": 99.0}],
            }
            for number in (1, 10, 12)
        },
        "dashboard": {"new": _dashboard("new")},
    }


def _dashboard(title: str) -> dict[str, Any]:
    widget = {"definition": {"type": "note", "content": title}}
    return {"title": title, "layout_type": "ordered", "widgets": [widget]}


def define(desk: Desk, definitions: Definitions) -> None:
    desk.write("ddconf.yaml", "limits: {deletes: 100%, updates: 100%}\n")
    desk.write("all.json", json.dumps(definitions))


def counts(desk: Desk) -> Counter[str]:
    """How many objects of each collection the organisation has."""
    objects, _ = desk.app.store.snapshot()
    return Counter(collection for _, collection, _, _ in objects)


def picture(desk: Desk) -> Any:
    """The organisation without what differs from run to run: ids and times."""
    return {
        "monitors": sorted((item["name"], item["message"]) for item in desk.api("GET", "/api/v1/monitor")),
        "pipelines": _pipelines(desk),
        "slos": sorted(
            (item["name"], _names(desk, item["monitor_ids"]))
            for item in desk.api("GET", "/api/v1/slo")["data"]
        ),
        "dashboards": sorted(item["title"] for item in desk.api("GET", "/api/v1/dashboard")["dashboards"]),
        "metrics": sorted(item["id"] for item in desk.api("GET", "/api/v2/logs/config/metrics")["data"]),
    }


def _pipelines(desk: Desk) -> list[tuple[str, bool]]:
    by_id = {item["id"]: item for item in desk.api("GET", "/api/v1/logs/config/pipelines")}
    order = desk.api("GET", "/api/v1/logs/config/pipeline-order")["pipeline_ids"]
    return [(by_id[id_]["name"], by_id[id_]["is_enabled"]) for id_ in order]


def _names(desk: Desk, ids: list[int]) -> tuple[str, ...]:
    names = {item["id"]: item["name"] for item in desk.api("GET", "/api/v1/monitor")}
    return tuple(names[id_] for id_ in ids)


def orphans(desk: Desk) -> list[str]:
    """Entries of the state whose object does not exist."""
    state = load_state(open_backend(str(desk.state), desk.folder))
    assert state is not None
    objects, _ = desk.app.store.snapshot()
    ids = {id_ for _, _, id_, _ in objects}
    return [str(address) for address, entry in state.entries.items() if entry.id and entry.id not in ids]
