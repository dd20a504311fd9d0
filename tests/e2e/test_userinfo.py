"""Users and passwords in URLs are shown nowhere, whatever field they stand in."""

from __future__ import annotations

import json

import pytest

from ddconf.document import parse_path, put
from ddconf.kind import find_kind, kind_names
from tests.e2e.conftest import Desk
from tests.kinds import samples

URL = "https://hook:canary-pass@hooks.example/x?a=b@c"
DEFINED = {
    "webhook": {"w": {"name": "w", "url": URL, "payload": URL}},
    "monitor": {
        "m": {
            "name": "m",
            "type": "metric alert",
            "query": "avg(last_5m):avg:a{*} > 1",
            "message": f"see\n{URL}\nand https://plain.example/a@b",
        }
    },
}


@pytest.mark.parametrize("format_", ["text", "markdown", "html", "json", "terraform"])
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
    assert "canary" not in desk.state.read_text()


def test_a_saved_plan_has_no_userinfo_and_so_is_not_applied(desk: Desk) -> None:
    desk.write("all.json", json.dumps(DEFINED))
    saved = desk.folder / "plan.json"
    desk.done("plan", "--out", str(saved))
    assert "canary" not in saved.read_text()
    ran = desk.ddconf("apply", str(saved))
    assert ran.code == 1 and "monitor.m has a secret in clear" in ran.err and "canary" not in ran.err


def test_a_change_of_the_password_alone_is_seen_and_made(desk: Desk) -> None:
    desk.write("all.json", json.dumps(DEFINED))
    desk.done("apply", "--auto-approve")
    assert "No changes." in desk.done("plan")
    desk.write("all.json", json.dumps(DEFINED).replace("canary-pass", "canary-other"))
    assert desk.ddconf("plan", "--detailed-exitcode").code == 2
    desk.done("apply", "--auto-approve")
    assert "canary-other" in desk.api("GET", "/api/v1/monitor")[0]["message"]
    assert "No changes." in desk.done("plan")


SENSITIVE = [(name, path) for name in kind_names() for path in find_kind(name).sensitive]


@pytest.mark.parametrize(("name", "path"), SENSITIVE)
@pytest.mark.parametrize("format_", ["text", "markdown", "html", "json", "terraform"])
def test_what_a_kind_calls_sensitive_is_a_secret_in_what_is_shown_and_kept(
    desk: Desk, name: str, path: str, format_: str
) -> None:
    wanted = samples.definitions(name)
    put(wanted[name]["it"], parse_path(path), "https://hooks.example/T0/canary")
    desk.write("ddconf.yaml", "limits: {deletes: 100%}\n")
    desk.write("all.json", json.dumps(wanted))
    saved, plan = desk.folder / "plan.json", ("plan", "--format", format_, "--full")
    shown = desk.done(*plan)
    desk.done("plan", "--out", str(saved))
    desk.done("apply", str(saved))
    assert "No changes." in desk.done("plan")
    desk.write("all.json", json.dumps(wanted).replace("canary", "canary2"))
    shown += desk.done(*plan)
    desk.done("apply", "--auto-approve")
    assert "No changes." in desk.done("plan")
    shown += desk.done("state", "show", f"{name}.it") + desk.state.read_text()
    desk.write("all.json", "{}")
    shown += desk.ddconf(*plan).out
    assert "canary" not in shown


@pytest.mark.parametrize(("name", "path"), SENSITIVE)
def test_an_import_and_an_export_keep_a_sensitive_value_and_never_one_of_a_known_secret(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, path: str
) -> None:
    wanted = samples.definitions(name)
    put(wanted[name]["it"], parse_path(path), "https://hooks.example/T0/canary-token")
    desk.write("all.json", json.dumps(wanted))
    desk.done("apply", "--auto-approve")
    id_ = json.loads(desk.state.read_text())["entries"][f"{name}.it"]["id"]
    (desk.folder / "all.json").unlink()
    desk.state.unlink()
    monkeypatch.setenv("DDCONF_SECRET_TOKEN", "canary-token")
    ran = desk.ddconf("import", f"{name}.it", id_)
    assert (ran.code, "the value of the secret 'TOKEN'" in ran.err) == (1, True), ran
    assert "canary" not in ran.out + ran.err
    assert not list(desk.folder.rglob("*.yaml")) and not desk.state.exists()
    monkeypatch.delenv("DDCONF_SECRET_TOKEN")
    desk.done("import", f"{name}.it", id_)
    assert "No changes." in desk.done("plan")


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
