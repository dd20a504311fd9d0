"""Users and passwords in URLs are shown nowhere, whatever field they stand in."""

from __future__ import annotations

import json

import pytest

from tests.e2e.conftest import Desk

URL = "https://hook:canary-pass@hooks.example/x?a=b@c"
DEFINED = {
    "webhook": {"w": {"name": "w", "url": URL}},
    "monitor": {
        "m": {
            "name": "m",
            "type": "metric alert",
            "query": "avg(last_5m):avg:a{*} > 1",
            "message": f"see\n{URL}\nand https://plain.example/a@b",
        }
    },
}


@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_a_plan_shows_no_userinfo_of_new_changed_and_deleted_fields(desk: Desk, format_: str) -> None:
    desk.write("ddconf.yaml", "limits: {deletes: 100%}\n")
    desk.write("all.json", json.dumps(DEFINED))
    plan = ("plan", "--format", format_, "--full")
    shown = desk.done(*plan)
    assert "hooks.example" in shown and "plain.example/a@b" in shown
    desk.done("apply", "--auto-approve")
    desk.write("all.json", json.dumps(DEFINED).replace("canary-pass", "canary-other").replace("?a", "?z"))
    shown += desk.done(*plan)
    desk.write("all.json", "{}")
    shown += desk.ddconf(*plan).out + desk.done("state", "show", "webhook.w")
    assert "canary" not in shown


def test_an_edit_beside_it_keeps_the_reference_of_a_secret(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DDCONF_SECRET_HOOK", "canary-pass")
    body = {"name": "w", "url": "https://hook:${secret.HOOK}@hooks.example/x"}
    file = desk.write("all.json", json.dumps({"webhook": {"w": body}}))
    desk.done("apply", "--auto-approve")
    path = "/api/v1/integration/webhooks/configuration/webhooks/w"
    desk.api("PUT", path, {**desk.api("GET", path), "url": "https://hook:canary-pass@hooks.example/y"})
    desk.done("export", "--kind", "webhook")
    written = json.loads(file.read_text())["webhook"]["w"]
    assert written["url"] == "https://hook:${secret.HOOK}@hooks.example/y"
