"""Objects whose name is their id: another name keeps the object, and nothing of the old one stays."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.conftest import Desk
from tests.e2e.life import EMPTY, entries
from tests.kinds import samples


@pytest.mark.parametrize(
    ("kind", "collection", "fields"),
    [
        ("webhook", "webhook", {"url": "https://example.com"}),
        ("webhook_custom_variable", "webhook_variable", {"value": "v", "is_secret": False}),
    ],
)
def test_another_name_is_the_same_object(desk: Desk, kind: str, collection: str, fields: Any) -> None:
    for name in ("OLD", "NEW"):
        desk.write("all.json", json.dumps({kind: {"it": {"name": name, **fields}}}))
        desk.done("apply", "--auto-approve")
        assert EMPTY in desk.done("plan")
        assert entries(desk)[f"{kind}.it"]["id"] == name
        assert desk.app.store.ids(collection) == [name]
    desk.write("all.json", json.dumps({"monitor": {}}))
    desk.done("apply", "--auto-approve", "--allow-deletes=9")
    assert desk.app.store.ids(collection) == []
    assert entries(desk) == {}


def test_runbooks_of_a_monitor_are_compared_without_a_warning(desk: Desk) -> None:
    for name in ("Runbook", "Manual"):
        asset = {"name": name, "category": "runbook", "url": "https://example.com"}
        monitor = {**samples.sample("monitor"), "message": "hot @all", "assets": [asset]}
        desk.write("all.json", json.dumps({"monitor": {"it": monitor}}))
        assert desk.ddconf("plan").err == ""
        desk.done("apply", "--auto-approve")
        planned = desk.ddconf("plan")
        assert (EMPTY in planned.out, planned.err) == (True, "")
    [kept] = desk.app.store.all("monitor")
    assert [asset["name"] for asset in kept["assets"]] == ["Manual"]
