"""What people get wrong: said clearly and with its place, exit code 1, no traceback, and nothing changed."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.e2e import thirty
from tests.e2e.conftest import Desk
from tests.e2e.trouble import short_waits

GOOD = """\
monitor:
  cpu:
    name: CPU
    type: query alert
    query: avg(last_5m):avg:system.cpu.user{*} > 90
    message: hot
"""
SLO = "service_level_objective:\n  up: {name: Up, type: monitor, monitor_ids: [%s], thresholds: []}\n"
PIPELINE = """\
logs_custom_pipeline:
  p:
    name: p
    filter: {query: source:a}
    processors:
      - type: grok-parser
        name: g
        source: message
        grok:
          match_rules: %s
"""


@dataclass(frozen=True)
class Bad:
    """A file that is wrong, and what must be said; `said` begins with the place where there is one."""

    text: str | bytes
    said: tuple[str, ...]
    file: str = "bad.yaml"
    commands: tuple[str, ...] = ("plan", "apply", "destroy")


FILES = {
    "a bracket is left open": Bad("monitor: {cpu: {name: [a, b}\n", ("bad.yaml:1:",)),
    "a quote is left open": Bad('monitor:\n  cpu:\n    name: "CPU\n', ("bad.yaml:3:",)),
    "a line is indented wrong": Bad("monitor:\n  cpu:\n    name: a\n   type: b\n", ("bad.yaml:4:",)),
    "a tab indents": Bad("monitor:\n\tcpu: {name: a}\n", ("bad.yaml:2:", "tab")),
    "a key is there twice": Bad("monitor:\n  cpu: {name: a}\n  cpu: {name: b}\n", ("bad.yaml:3:", "twice")),
    "an alias is not defined": Bad("monitor:\n  cpu: *nothing\n", ("bad.yaml:2:", "nothing")),
    "aliases explode": Bad(
        "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 10)}]\n" for n in range(8)),
        ("bad.yaml:",),
    ),
    "it is nested too deep": Bad("monitor: " + "[" * 5000 + "]" * 5000 + "\n", ("bad.yaml:1:",)),
    "it is a list": Bad("- monitor\n", ("bad.yaml:1:",)),
    "it is a text": Bad("monitor\n", ("bad.yaml:1:",)),
    "it is empty": Bad("", ("bad.yaml:1:1", "no definition")),
    "it is not UTF-8": Bad(b"monitor:\n  cpu: {name: caf\xe9}\n", ("bad.yaml:2:", "UTF-8")),
    "it is UTF-16": Bad(GOOD.encode("utf-16"), ("bad.yaml:1:1", "UTF-8")),
    "it has a null character": Bad(b"monitor:\n  cpu: {name: a\x00b}\n", ("bad.yaml:2:",)),
    "it is binary": Bad(bytes(range(256)), ("bad.yaml:",)),
    "JSON is broken": Bad('{"monitor": {"cpu": {"name": "a",}}}\n', ("bad.json:1:",), "bad.json"),
    "a kind is not known": Bad("monitr:\n  cpu: {name: a}\n", ("bad.yaml:1:1", "monitor")),
    "a name is none": Bad("monitor:\n  CPU is high: {name: a}\n", ("bad.yaml:2:3",)),
    "a definition is a text": Bad("monitor:\n  cpu: hello\n", ("bad.yaml:2:",)),
    "an option is not known": Bad(
        "monitor:\n  cpu:\n    ddconf: {protekt: true}\n", ("bad.yaml:3:", "protect")
    ),
    "an option has the wrong type": Bad("monitor:\n  cpu:\n    ddconf: {protect: 7}\n", ("bad.yaml:3:",)),
    "a reference leads nowhere": Bad(SLO % '"${monitor.cpuu}"', ("bad.yaml:2:", "monitor.cpu")),
    "a reference is to no kind": Bad(SLO % '"${monitr.cpu}"', ("bad.yaml:2:", "monitr")),
    "references go in a circle": Bad(
        "monitor:\n  a: {name: a, message: '${monitor.b}'}\n  b: {name: b, message: '${monitor.a}'}\n",
        ("bad.yaml:", "monitor.a", "monitor.b"),
    ),
    "a thing refers to itself": Bad("monitor:\n  a: {name: a, message: '${monitor.a}'}\n", ("bad.yaml:2:",)),
    "a variable is not known": Bad("monitor:\n  a: {name: '${var.nope}'}\n", ("bad.yaml:2:", "nope")),
    "a reference is not closed": Bad("monitor:\n  a: {name: '${var.x'}\n", ("bad.yaml:2:",)),
    "a secret is not set": Bad(
        GOOD.replace("hot", "${secret.NOPE}").replace("cpu:", "other:"),
        ("DDCONF_SECRET_NOPE",),
        commands=("plan", "apply"),
    ),
    "it is defined in another file too": Bad(GOOD, ("defined twice", "good.yaml")),
    "an id names nothing": Bad(
        GOOD.replace("cpu:", "other:\n    ddconf: {id: '77'}"),
        ("bad.yaml:2:", "no monitor with id 77"),
        commands=("plan", "apply"),
    ),
    "a field has the wrong type": Bad(
        GOOD.replace("cpu:", "other:").replace("hot", "hot\n    priority: high"),
        ("bad.yaml:7:", "'priority' must be a whole number, not text"),
        commands=("plan", "apply"),
    ),
    "a field that must be there is missing": Bad(
        "monitor:\n  other: {name: a, type: query alert}\n",
        ("bad.yaml:2:", "query"),
        commands=("plan", "apply"),
    ),
    "a grok rule is wrong": Bad(
        PIPELINE % "r %{notspace:a}", ("bad.yaml:10:", "notSpace"), commands=("plan", "apply")
    ),
    "a query is wrong": Bad(
        PIPELINE.replace("source:a", '"source:(a"') % "r %{notSpace:a}",
        ("bad.yaml:4:",),
        commands=("plan", "apply"),
    ),
    "for_each is a number": Bad("monitor:\n  a:\n    for_each: 5\n    name: x\n", ("bad.yaml:3:",)),
    "settings have an unknown key": Bad(
        "lmits: {deletes: 1}\n", ("ddconf.yaml:1:1", "limits"), "ddconf.yaml"
    ),
    "settings have a wrong limit": Bad("limits: {deletes: many}\n", ("ddconf.yaml:1:",), "ddconf.yaml"),
    "settings name an unknown state backend": Bad("state: ftp://x/y\n", ("ftp://x/y",), "ddconf.yaml"),
    "settings are a list": Bad("- a\n", ("ddconf.yaml:1:1",), "ddconf.yaml"),
    "settings are broken": Bad("limits: {\n", ("ddconf.yaml:",), "ddconf.yaml"),
}


def nothing_changed(desk: Desk, run: Callable[[], None]) -> None:
    organisation = desk.app.store.snapshot()
    state = desk.state.read_bytes() if desk.state.exists() else None
    run()
    assert desk.app.store.snapshot() == organisation
    assert (desk.state.read_bytes() if desk.state.exists() else None) == state


@pytest.mark.parametrize("name", FILES)
def test_a_bad_file_is_told_with_its_place(desk: Desk, name: str) -> None:
    bad = FILES[name]
    desk.write("good.yaml", GOOD)
    desk.done("apply", "--auto-approve")
    content = bad.text if isinstance(bad.text, bytes) else bad.text.encode()
    (desk.folder / bad.file).write_bytes(content)

    def run() -> None:
        for command in bad.commands:
            ran = desk.ddconf(command, *(["--auto-approve"] if command != "plan" else []))
            assert ran.code == 1, (command, ran.out)
            assert "Traceback" not in ran.err
            assert len(ran.err) < 20_000
            for words in bad.said:
                assert words in ran.err, ran.err

    nothing_changed(desk, run)


def test_what_datadog_itself_shows_is_no_mistake(desk: Desk) -> None:
    """A value that our schema does not know may stay where it is, while another field is changed."""
    desk.app.validate = False
    desk.write("good.yaml", GOOD)
    desk.done("apply", "--auto-approve")
    (shown,) = desk.api("GET", "/api/v1/monitor")
    desk.api("PUT", f"/api/v1/monitor/{shown['id']}", {"priority": "high"})
    desk.write("good.yaml", GOOD.replace("hot", "hotter") + "    priority: high\n")
    assert "1 changed" in desk.done("apply", "--auto-approve")


@pytest.mark.parametrize(
    "command", [("drift",), ("plan", "--refresh-only"), ("plan", "--destroy", "--allow-deletes=1")]
)
def test_a_mistake_stops_only_what_would_send_it(desk: Desk, command: tuple[str, ...]) -> None:
    desk.write("good.yaml", GOOD)
    desk.done("apply", "--auto-approve")
    (shown,) = desk.api("GET", "/api/v1/monitor")
    desk.api("PUT", f"/api/v1/monitor/{shown['id']}", {"message": "changed by hand"})
    desk.write("good.yaml", GOOD + "    priority: high\n")
    assert "monitor.cpu" in desk.done(*command)
    assert desk.ddconf("plan").code == 1


def no_keys(patch: pytest.MonkeyPatch) -> None:
    patch.delenv("DD_API_KEY")
    patch.delenv("DD_APP_KEY")


def one_key(patch: pytest.MonkeyPatch) -> None:
    patch.delenv("DD_APP_KEY")


def key_with_a_line_end(patch: pytest.MonkeyPatch) -> None:
    patch.setenv("DD_API_KEY", "abc\ndef")


def keys_that_differ(patch: pytest.MonkeyPatch) -> None:
    patch.setenv("DATADOG_API_KEY", "another")


def key_file_missing(patch: pytest.MonkeyPatch) -> None:
    patch.delenv("DD_API_KEY")
    patch.setenv("DD_API_KEY_FILE", "/does/not/exist")


def no_such_host(patch: pytest.MonkeyPatch) -> None:
    def unknown(*_args: object, **_more: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    patch.setattr(socket, "getaddrinfo", unknown)
    patch.setenv("DD_HOST", "http://no-such-host.invalid")


def nobody_listens(patch: pytest.MonkeyPatch) -> None:
    patch.setenv("DD_HOST", "http://127.0.0.1:9")


def no_tls(patch: pytest.MonkeyPatch) -> None:
    server = socket.create_server(("127.0.0.1", 0))

    def speak_plainly() -> None:
        while True:
            with server.accept()[0] as connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    threading.Thread(target=speak_plainly, daemon=True).start()
    patch.setenv("DD_HOST", f"https://127.0.0.1:{server.getsockname()[1]}")


def no_site(patch: pytest.MonkeyPatch) -> None:
    patch.delenv("DD_HOST")
    patch.setenv("DD_SITE", "data dog!")


def no_url(patch: pytest.MonkeyPatch) -> None:
    patch.setenv("DD_HOST", "ftp://example.com")


def no_proxy_there(patch: pytest.MonkeyPatch) -> None:
    patch.setenv("http_proxy", "http://127.0.0.1:9")
    patch.setenv("no_proxy", "")


SURROUNDINGS = {
    no_keys: "--sandbox",
    one_key: "DD_APP_KEY",
    key_with_a_line_end: "DD_API_KEY",
    keys_that_differ: "differ",
    key_file_missing: "/does/not/exist",
    no_such_host: "DD_HOST",
    nobody_listens: "no connection",
    no_tls: "no secure connection",
    no_site: "DD_SITE",
    no_url: "DD_HOST",
    no_proxy_there: "proxy",
}


@pytest.mark.parametrize("spoil", SURROUNDINGS)
def test_bad_surroundings_are_told_with_the_way_out(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[pytest.MonkeyPatch], None]
) -> None:
    desk.write("good.yaml", GOOD)
    spoil(monkeypatch)

    def run() -> None:
        with short_waits():
            for command in (
                ("plan",),
                ("apply", "--auto-approve"),
                ("export", "--kind", "monitor"),
                ("auth", "check"),
            ):
                ran = desk.ddconf(*command)
                assert ran.code == 1, (command, ran.out)
                assert SURROUNDINGS[spoil] in ran.err, ran.err
                assert "Traceback" not in ran.err

    nothing_changed(desk, run)


def test_wrong_keys_are_told_and_never_shown(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("good.yaml", GOOD)
    desk.app.keys = ["right"]
    monkeypatch.setenv("DD_API_KEY", "wrong-and-secret")
    for command in (("plan",), ("apply", "--auto-approve"), ("export",), ("auth", "check")):
        ran = desk.ddconf(*command)
        assert ran.code == 1
        assert "DD_API_KEY" in ran.err or "auth check" in ran.err
        assert "wrong-and-secret" not in ran.out + ran.err


LINES = (
    ("plann",),
    ("plan", "--nope"),
    ("plan", "--target", "monitor"),
    ("plan", "--target", "monitor.nope"),
    ("plan", "--var", "x"),
    ("plan", "--var", "x=1"),
    ("plan", "--env", "nope"),
    ("plan", "--format", "xml"),
    ("plan", "--parallelism", "0"),
    ("apply", "nope.json"),
    ("apply", "good.yaml"),
    ("apply", "--lock-timeout", "soon", "--auto-approve"),
    ("apply", "--lock-timeout", "nan", "--auto-approve"),
    ("apply", "--allow-deletes", "all", "--auto-approve"),
    ("show", "nope.json"),
    ("show", "good.yaml"),
    ("import", "monitor.new", "77"),
    ("import", "monitr.new", "77"),
    ("import", "monitor", "77"),
    ("import", "monitor.new", "../../v1/validate"),
    ("export", "--kind", "monitr"),
    ("export", "https://example.com/what"),
    ("state", "show", "monitor.nope"),
    ("state", "mv", "monitor.nope", "monitor.other"),
    ("state", "rm", "monitor.nope"),
    ("force-unlock", "nope"),
    ("ack", "monitor.cpu"),
    ("ack", "nope"),
    ("kinds", "monitr"),
    ("convert", "good.yaml"),
    ("convert", "nope.json"),
    ("fmt", "nope.yaml"),
    ("-C", "/does/not/exist", "plan"),
)


@pytest.mark.parametrize("line", LINES, ids=" ".join)
def test_a_command_line_that_is_wrong_is_told(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]
) -> None:
    desk.write("good.yaml", GOOD)
    desk.done("apply", "--auto-approve")
    monkeypatch.chdir(desk.folder)

    def run() -> None:
        ran = desk.ddconf(*line)
        assert ran.code == 1, ran.out
        assert ran.err.strip() and "Traceback" not in ran.err

    nothing_changed(desk, run)


def test_a_file_that_is_far_too_large_is_refused(desk: Desk) -> None:
    desk.write("good.yaml", GOOD)
    with (desk.folder / "huge.yaml").open("wb") as file:
        file.truncate(100_000_000)
    ran = desk.ddconf("plan")
    assert ran.code == 1 and "huge.yaml:1:1" in ran.err and "larger than" in ran.err


def test_every_mistake_of_every_file_is_told_at_once(desk: Desk) -> None:
    for number in range(5):
        desk.write(f"bad{number}.yaml", f"monitor:\n  m{number}: {{name: '${{var.nope{number}}}'}}\n")
    ran = desk.ddconf("plan")
    assert [f"nope{number}" in ran.err for number in range(5)] == [True] * 5


PLANS = ("", "null", "[]", "{}", '{"format": 1}', '{"format": "1", "changes": []}', "[" * 100_000, "NaN")


@pytest.mark.parametrize("text", PLANS, ids=lambda text: text[:20] or "empty")
def test_a_file_that_is_no_plan_is_refused(desk: Desk, text: str) -> None:
    thirty.define(desk, thirty.before())
    file = desk.write("x.plan.json", text)
    for command in ("apply", "show"):
        ran = desk.ddconf(command, str(file))
        assert ran.code == 1 and "plan" in ran.err and "Traceback" not in ran.err
    assert json.loads((desk.folder / "all.json").read_text())
    assert desk.api("GET", "/api/v1/monitor") == []
