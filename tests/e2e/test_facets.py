"""Facets have no public API: by hand, against a saved dump, by a web session, and live on the sandbox."""

from __future__ import annotations

import json

import pytest

from ddconf.emulator.app import App, RequestRules
from ddconf.emulator.mock import mocked
from ddconf.emulator.seed import plant
from ddconf.emulator.store import Store
from tests.e2e.conftest import Desk

FACET = """\
    logs_facet:
      client:
        name: Client
        path: network.client.ip
        source: log
        groups: [Network]
        type: string
        facetType: list
"""
LIVE = {
    "id": "log_network.client.ip",
    "name": "Client",
    "path": "network.client.ip",
    "source": "log",
    "groups": ["Network"],
    "type": "string",
    "facetType": "list",
    "editable": True,
}


def test_by_hand_the_plan_names_the_page_until_a_person_says_it_is_done(desk: Desk) -> None:
    desk.write("facets.yaml", FACET)
    planned = desk.ddconf("plan", "--detailed-exitcode")
    assert planned.code == 2
    assert "1 to do by hand" in planned.out and "network.client.ip" in planned.out
    assert desk.ddconf("apply", "--auto-approve").code == 0
    assert desk.ddconf("plan", "--detailed-exitcode").code == 2, "applying does not make it so"
    desk.done("ack", "logs_facet.client")
    assert "No changes." in desk.done("plan")
    desk.write("facets.yaml", FACET.replace("name: Client", "name: Who"))
    assert "1 to do by hand" in desk.done("plan")


def test_an_export_says_that_facets_are_not_read(desk: Desk) -> None:
    desk.folder.mkdir()
    told = "Not read, since there is no public API: logs_facet"
    assert told in desk.done("export")
    assert told in desk.done("export", "--kind", "logs_facet")
    assert told not in desk.done("export", "--kind", "logs_index")
    desk.write("ddconf.yaml", "facets: {source: dump, dump: dump.saved}\n")
    desk.write("dump.saved", json.dumps({"facets": {"logs": [LIVE]}}))
    assert told not in desk.done("export")
    assert (desk.folder / "logs_facet").is_dir()


def test_a_dump_shows_what_is_still_to_be_done_by_hand(desk: Desk) -> None:
    desk.write("facets.yaml", FACET)
    desk.write("ddconf.yaml", "facets: {source: dump, dump: dump.saved}\n")
    desk.write("dump.saved", json.dumps({"facets": {"logs": []}}))
    assert "1 to do by hand" in desk.done("plan")
    desk.write("dump.saved", json.dumps({"facets": {"logs": [LIVE]}}))
    assert "1 to do by hand" not in desk.done("plan")
    desk.write("dump.saved", json.dumps({"facets": {"logs": [{**LIVE, "name": "Other"}]}}))
    out = desk.done("plan")
    assert "1 to do by hand" in out and "Other" in out


def test_by_web_session_facets_are_made_changed_and_deleted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DD_SESSION_COOKIE", "cookie")
    monkeypatch.setenv("DD_CSRF_TOKEN", "token")
    store = Store()
    plant(store)
    web = App(store, rules=RequestRules(require_keys=False))
    desk.write("facets.yaml", FACET)
    desk.write("ddconf.yaml", 'facets: {source: session, scope_id: "1"}\n')
    with mocked(web, "https://app.datadoghq.com"):
        desk.write("facets.yaml", FACET.replace("network.client.ip", "network.client.port"))
        desk.done("apply", "--auto-approve")
        assert "No changes." in desk.done("plan")
        port = FACET.replace("network.client.ip", "network.client.port")
        desk.write("facets.yaml", port.replace("name: Client", "name: Client port"))
        desk.done("apply", "--auto-approve")
        assert "No changes." in desk.done("plan")
        desk.done("destroy", "--auto-approve", "--allow-deletes=1")
    assert not any(item["path"] == "network.client.port" for item in store.all("logs_facet"))
