"""A secret is nowhere but in the request that needs it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from typing import Any

import pytest

from ddconf.emulator import faults
from tests.e2e import thirty
from tests.e2e.conftest import Desk
from tests.e2e.processes import start
from tests.e2e.trouble import short_waits

SECRET = "${secret.CANARY}"
VARIABLES = ("DDCONF_SECRET_CANARY", "DD_API_KEY", "DD_APP_KEY", "DD_CLIENT_TOKEN", "HTTPS_PROXY_PASSWORD")


@pytest.fixture
def canary(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """In every variable that may hold a secret, each time with an ending of its own."""
    value = f"canary{secrets.token_hex(8)}"
    for number, name in enumerate(VARIABLES):
        monkeypatch.setenv(name, f"{value}{number}")
    monkeypatch.setenv(VARIABLES[0], f'{value}"\n<b>\\{value}')
    with short_waits():
        yield value


def definitions() -> thirty.Definitions:
    """A secret in every position that a kind has for one, and in free texts."""
    widget = {"definition": {"type": "note", "content": f"a {SECRET} b"}}
    nested = {"definition": {"type": "group", "layout_type": "ordered", "widgets": [widget]}}
    return {
        "logs_custom_destination": {
            "basic": destination({"type": "basic", "username": SECRET, "password": SECRET}),
            "header": destination({"type": "custom_header", "header_name": "X", "header_value": SECRET}),
            "splunk": {
                "name": "splunk",
                "query": "*",
                "forwarder_destination": {
                    "type": "splunk_hec",
                    "endpoint": "https://a.example",
                    "access_token": SECRET,
                },
            },
        },
        "monitor": {"one": thirty.monitor(1, f"call {SECRET}") | {"tags": ["a:b", f"k:{SECRET}"]}},
        "dashboard": {"board": {"title": "B", "layout_type": "ordered", "widgets": [nested]}},
    }


def destination(auth: dict[str, Any]) -> dict[str, Any]:
    forwarder = {"type": "http", "endpoint": "https://siem.example", "auth": auth}
    return {"name": auth["type"], "query": "*", "forwarder_destination": forwarder}


def changed() -> thirty.Definitions:
    """The same secrets, with other things changed beside them."""
    text = (
        json.dumps(definitions()).replace('"query": "*"', '"query": "source:web"').replace("call ", "ring ")
    )
    found: thirty.Definitions = json.loads(text.replace(' b"', ' c"'))
    return found


def files_with(desk: Desk, canary: str) -> list[str]:
    return [
        str(file.relative_to(desk.folder))
        for file in desk.folder.rglob("*")
        if file.is_file() and canary.encode() in file.read_bytes()
    ]


def test_a_secret_is_in_no_output_and_in_no_file(desk: Desk, canary: str) -> None:
    plan = str(desk.folder / "plan.json")
    said = []
    for content in (definitions(), changed()):
        thirty.define(desk, content)
        for command in (
            ("validate",),
            ("plan", "--debug"),
            ("plan", "--format", "json"),
            ("plan", "--format", "markdown", "--out", plan),
            ("show", plan),
            ("apply", plan, "--debug"),
            ("plan", "--debug"),
            ("state", "show", "monitor.one"),
            ("state", "show", "logs_custom_destination.basic"),
            ("drift", "--debug"),
            ("auth", "check"),
            ("schema",),
        ):
            ran = desk.ddconf(*command)
            assert ran.code == 0, (command, ran.err)
            said += [ran.out, ran.err]
        assert "No changes." in said[12]
    assert canary in json.dumps(desk.app.store.snapshot()), "Datadog itself got it"
    assert not [text for text in said if canary in text]
    assert files_with(desk, canary) == []
    desk.done("destroy", "--auto-approve", "--allow-deletes=9")
    assert files_with(desk, canary) == []


def test_a_new_value_of_a_secret_is_a_change_that_shows_neither(
    desk: Desk, canary: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    thirty.define(desk, definitions())
    desk.done("apply", "--auto-approve")
    monkeypatch.setenv("DDCONF_SECRET_CANARY", f"{canary}new")
    said = [desk.done("plan"), desk.done("apply", "--auto-approve"), desk.done("plan")]
    assert "Plan: 0 to add, 5 to change" in said[0]
    assert "No changes." in said[2]
    assert not [text for text in said if canary in text]
    assert f"{canary}new" in json.dumps(desk.app.store.snapshot())
    assert files_with(desk, canary) == []


def in_clear(canary: str) -> thirty.Definitions:
    """The secrets of a destination as they are, which no plan shows all the same."""
    text = json.dumps({"logs_custom_destination": definitions()["logs_custom_destination"]})
    found: thirty.Definitions = json.loads(text.replace(SECRET, canary))
    return found


def test_a_secret_that_stands_in_a_definition_is_in_no_plan(desk: Desk, canary: str) -> None:
    plan, said = str(desk.folder / "plan.json"), []
    for ending in ("first", "second"):
        thirty.define(desk, in_clear(f"{canary}{ending}"))
        for output in ("text", "json", "markdown", "html", "gitlab", "terraform"):
            said.append(desk.done("plan", "--format", output, "--out", plan))
        said.append(desk.done("show", plan))
        ran = desk.ddconf("apply", plan)
        assert ran.code == 1
        assert "logs_custom_destination.basic has a secret in clear, which no saved plan keeps" in ran.err
        said += [ran.out, ran.err, desk.done("apply", "--auto-approve"), desk.done("plan")]
        assert "No changes." in said[-1]
    assert not [text for text in said if canary in text]
    assert files_with(desk, canary) == ["all.json"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
@pytest.mark.parametrize("fault", ["echo", "echo in HTML", "reset", "500"])
def test_a_secret_is_in_no_error(desk: Desk, canary: str, method: str, fault: str) -> None:
    """Not even where Datadog's refusal repeats what it was sent."""
    thirty.define(desk, definitions())
    if method != "POST":
        desk.done("apply", "--auto-approve")
        thirty.define(desk, changed())
    desk.app.faults.on(ECHOES[fault], lambda request: request.method == method, times=1000)
    ran = desk.ddconf("apply", "--auto-approve", "--debug")
    assert ran.code in (1, 4)
    assert "Traceback" not in ran.err or "Datadog refuses it" in ran.err  # which --debug shows in full
    assert canary not in ran.out + ran.err
    assert files_with(desk, canary) == []


def echo(form: str) -> faults.Fault:
    from ddconf.emulator.wire import Request, Response, answer

    def refuse(request: Request) -> Response:
        text = request.body.decode() + json.dumps(dict(request.headers))
        if form == "html":
            page = f"<html><title>{text}</title></html>".encode()
            return Response(400, page, {"content-type": "text/html"})
        return answer(400, {"errors": [f"invalid: {text}", {"title": "x", "detail": text}]})

    return faults.Fault(form, refuse)


ECHOES = {
    "echo": echo("json"),
    "echo in HTML": echo("html"),
    "reset": faults.reset(after=False),
    "500": faults.refuse(500),
}


def test_a_crash_with_debug_shows_no_secret(desk: Desk, canary: str) -> None:
    """A defect in the middle of a write ends in a traceback, which names no values."""
    thirty.define(desk, {"monitor": definitions()["monitor"]})
    broken = (
        "import ddconf.datadog.objects.bodies as b\ndef f(*a): raise ZeroDivisionError\nb.for_create = f\n"
    )
    process = start(desk, "apply", "--auto-approve", "--debug", code=broken)
    out, err = process.communicate()
    assert "ZeroDivisionError" in err and process.returncode != 0
    assert canary not in out + err
    assert files_with(desk, canary) == []


def test_the_sandbox_keeps_no_write_only_secret(desk: Desk, canary: str) -> None:
    desk.sandbox = True
    content = {"logs_custom_destination": definitions()["logs_custom_destination"]}
    thirty.define(desk, content)
    ran = desk.ddconf("apply", "--auto-approve", "--debug")
    assert ran.code == 0, ran.err
    assert canary not in ran.out + ran.err
    assert "No changes." in desk.done("plan")
    assert files_with(desk, canary) == []


def test_an_export_writes_no_secret(desk: Desk, canary: str) -> None:
    thirty.define(desk, {"logs_custom_destination": definitions()["logs_custom_destination"]})
    desk.done("apply", "--auto-approve")
    (desk.folder / "all.json").unlink()
    desk.state.unlink()
    ran = desk.ddconf("export", "--debug")
    assert "Traceback" not in ran.err or "Datadog refuses it" in ran.err  # which --debug shows in full
    assert canary not in ran.out + ran.err
    assert files_with(desk, canary) == []


def test_a_secret_that_is_not_set_is_named_before_anything_is_sent(
    desk: Desk, canary: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DDCONF_SECRET_CANARY")
    thirty.define(desk, definitions())
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code == 1
    assert "DDCONF_SECRET_CANARY" in ran.err
    assert [exchange for exchange in desk.app.log if exchange.method != "GET"] == []


def test_a_secret_that_a_kind_spells_a_second_time_is_in_no_output_and_no_state(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Datadog names the tag of a group after its path, so the path's secret would stand there, too."""
    monkeypatch.setenv(VARIABLES[0], "canary")
    metric: dict[str, Any] = {
        "id": "web.requests",
        "compute": {"aggregation_type": "count"},
        "filter": {"query": "source:web"},
        "group_by": [{"path": SECRET}],
    }
    thirty.define(desk, {"logs_metric": {"one": metric}})
    told = [desk.done("apply", "--auto-approve"), desk.done("plan"), desk.state.read_text()]
    metric["filter"]["query"] = "source:web2"
    metric["group_by"].append({"path": "@other"})
    thirty.define(desk, {"logs_metric": {"one": metric}})
    told += [desk.done("plan"), desk.done("plan", "--format", "json")]
    told += [desk.done("apply", "--auto-approve"), desk.done("state", "show", "logs_metric.one")]
    monkeypatch.setenv(VARIABLES[0], "another canary")
    told += [desk.done("plan"), desk.state.read_text()]
    assert [text for text in told if "canary" in text] == []
    monkeypatch.setenv(VARIABLES[0], "canary")
    assert "No changes." in desk.done("plan")


def test_no_request_is_sent_where_a_file_names_another_host(desk: Desk) -> None:
    desk.write("ddconf.yaml", "site: evil.example")
    desk.write("a.yaml", "monitor: {}")
    ran = desk.ddconf("plan")
    assert ran.code == 1 and "'evil.example' is not a site of Datadog" in ran.err
