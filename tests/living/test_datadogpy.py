"""The first Python client, datadogpy: monitors, dashboards, metrics, hosts and people, as its users do it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from datadog import api, initialize

from ddconf.emulator.seed import plant
from ddconf.emulator.server import serve
from ddconf.emulator.store import Store
from ddconf.living.app import living

QUERY = "avg(last_5m):avg:system.cpu.user{env:prod} > 90"


@pytest.fixture(autouse=True)
def client() -> Iterator[None]:
    store = Store(seed=1)
    plant(store)
    with living(store) as made, serve(made.app) as url, pytest.MonkeyPatch.context() as patch:
        for name in ("_api_key", "_application_key", "_api_host", "_mute"):
            patch.setattr(api, name, getattr(api, name))
        initialize(api_key="key", app_key="app-key", api_host=url, mute=False)
        yield


def test_monitors() -> None:
    made = api.Monitor.create(type="query alert", query=QUERY, name="CPU", message="hot", tags=["a:b"])
    assert api.Monitor.get(made["id"])["query"] == QUERY
    assert [item["id"] for item in api.Monitor.get_all(tags="env:prod")] == [made["id"]]
    assert api.Monitor.update(made["id"], name="Processor")["name"] == "Processor"
    assert api.Monitor.validate(type="query alert", query=QUERY) == {}
    assert api.Monitor.search(query="Processor")["metadata"]["total_count"] == 1
    assert api.Monitor.mute(made["id"])["options"]["silenced"] == {"*": None}
    assert api.Monitor.unmute(made["id"])["options"]["silenced"] == {}
    assert api.Monitor.delete(made["id"]) == {"deleted_monitor_id": made["id"]}
    with pytest.raises(api.exceptions.ApiError):
        api.Monitor.get(made["id"])


def test_dashboards() -> None:
    widget = {"definition": {"type": "note", "content": "c"}}
    made = api.Dashboard.create(title="Web", layout_type="ordered", widgets=[widget])
    assert api.Dashboard.get(made["id"])["title"] == "Web"
    changed = {"title": "Shop", "layout_type": "ordered", "widgets": [widget]}
    assert api.Dashboard.update(made["id"], **changed)["title"] == "Shop"
    assert [item["id"] for item in api.Dashboard.get_all()["dashboards"]] == [made["id"]]
    assert api.Dashboard.delete(made["id"]) == {"deleted_dashboard_id": made["id"]}


def test_events_and_metrics() -> None:
    now = int(time.time())
    made = api.Event.create(title="Deployed", text="v2", tags=["env:prod"], date_happened=now)
    assert api.Event.get(made["event"]["id"])["event"]["title"] == "Deployed"
    assert [item["title"] for item in api.Event.query(start=now - 60, end=now + 60)["events"]] == ["Deployed"]
    assert api.Metric.send(metric="shop.orders", points=[(now - 30, 3)], tags=["env:prod"])["status"] == "ok"
    assert "shop.orders" in api.Metric.list(now - 3600)["metrics"]
    series = api.Metric.query(start=now - 600, end=now + 60, query="avg:shop.orders{env:prod}")["series"]
    assert series[0]["pointlist"][-1][1] == 3
    changed = api.Metadata.update("shop.orders", type="gauge", unit="request")
    assert (changed["type"], api.Metadata.get("shop.orders")["unit"]) == ("gauge", "request")
    assert api.ServiceCheck.check(check="up", host_name="web-1", status=0)["status"] == "ok"


def test_hosts_and_their_tags() -> None:
    now = int(time.time())
    api.Metric.send(metric="a.b", points=[(now, 1)], host="web-1")
    assert [item["name"] for item in api.Hosts.search()["host_list"]] == ["web-1"]
    assert api.Tag.create("web-1", tags=["role:web"])["tags"] == ["role:web"]
    assert api.Tag.get("web-1")["tags"] == ["role:web"]
    assert api.Tag.get_all()["tags"] == {"role:web": ["web-1"]}
    assert api.Tag.update("web-1", tags=["role:db"])["tags"] == ["role:db"]
    api.Tag.delete("web-1")
    assert api.Host.mute("web-1")["action"] == "Muted"
    assert api.Host.unmute("web-1")["action"] == "Unmuted"


def test_downtimes() -> None:
    made = api.Downtime.create(scope="env:prod", message="night")
    assert api.Downtime.get(made["id"])["message"] == "night"
    assert api.Downtime.update(made["id"], scope="env:dev")["scope"] == ["env:dev"]
    assert [item["id"] for item in api.Downtime.get_all()] == [made["id"]]
    api.Downtime.delete(made["id"])
    assert api.Downtime.get(made["id"])["canceled"]


def test_users() -> None:
    made = api.User.create(handle="ann@example.com", name="Ann", access_role="st")["user"]
    assert (made["handle"], made["disabled"]) == ("ann@example.com", False)
    assert api.User.get("ann@example.com")["user"]["name"] == "Ann"
    assert "ann@example.com" in [item["handle"] for item in api.User.get_all()["users"]]
    assert api.User.update("ann@example.com", name="Anna")["user"]["name"] == "Anna"
    assert api.User.delete("ann@example.com") == {"message": "User ann@example.com disabled"}
    assert api.User.get("ann@example.com")["user"]["disabled"]


def test_objectives() -> None:
    query = {"numerator": "sum:a{*}.as_count()", "denominator": "sum:b{*}.as_count()"}
    thresholds = [{"target": 99.0, "timeframe": "7d"}]
    wanted: dict[str, Any] = {"type": "metric", "name": "Up", "query": query, "thresholds": thresholds}
    made = api.ServiceLevelObjective.create(**wanted)["data"][0]
    assert api.ServiceLevelObjective.get(made["id"])["data"]["name"] == "Up"
    assert api.ServiceLevelObjective.update(made["id"], **{**wanted, "name": "On"})["data"][0]["name"] == "On"
    assert [item["id"] for item in api.ServiceLevelObjective.get_all()["data"]] == [made["id"]]
    assert api.ServiceLevelObjective.delete(made["id"])["data"] == [made["id"]]
