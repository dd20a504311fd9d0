"""A state that cannot be used or kept is refused with the way out, never taken as empty."""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import thirty
from tests.e2e.conftest import Desk

COMMANDS = (
    ("plan",),
    ("apply", "--auto-approve"),
    ("destroy", "--auto-approve"),
    ("export",),
    ("state", "list"),
)


def with_(**changes: object) -> Callable[[str], str]:
    """The first line of a state with other values."""

    def change(text: str) -> str:
        value = json.loads(text)
        return json.dumps({**value, **changes})

    return change


BROKEN = {
    "empty": lambda text: "",
    "cut off": lambda text: text[:-300],
    "cut in the middle": lambda text: text[: len(text) // 2],
    "not JSON": lambda text: "hello",
    "not text": lambda text: "\x00\x01",
    "a list": lambda text: "[]",
    "null": lambda text: "null",
    "an object of something else": lambda text: (
        '{"version": 4, "terraform_version": "1.9.0", "resources": []}'
    ),
    "newer": with_(version=99),
    "without entries": lambda text: '{"version": 1, "lineage": "x", "site": "y", "serial": 1}',
    "entries of another shape": with_(entries={"monitor.m1": 5}),
    "an entry that is not an address": with_(entries={"../../etc": {"id": "1", "applied": {}}}),
    "of another site": with_(site="datadoghq.eu"),
}


def unmarked(desk: Desk) -> list[tuple[Any, ...]]:
    """What is live, whoever owns it and whenever it was written."""
    objects, _ = desk.app.store.snapshot()
    marked = re.compile(r'"ddconf:[0-9a-f]{12}"')
    documents = ((kind, id_, json.loads(marked.sub("", body))) for _, kind, id_, body in objects)
    return [
        (kind, id_, {key: value for key, value in document.items() if not key.startswith("modified")})
        for kind, id_, document in documents
    ]


@pytest.mark.parametrize("name", BROKEN)
def test_a_state_that_cannot_be_used_is_refused_with_the_way_out(desk: Desk, name: str) -> None:
    thirty.define(desk, thirty.before())
    desk.done("apply", "--auto-approve")
    organisation, live = desk.app.store.snapshot(), unmarked(desk)
    broken = BROKEN[name](desk.state.read_text())
    desk.state.write_text(broken)
    for command in COMMANDS:
        ran = desk.ddconf(*command)
        if name == "of another site" and command == ("state", "list"):
            continue  # it asks nobody
        assert ran.code == 1, (name, command)
        assert "hint" in ran.err, ran.err
        assert "Traceback" not in ran.err
    assert desk.app.store.snapshot() == organisation
    assert desk.state.read_text() == broken
    desk.state.unlink()
    assert desk.ddconf("apply", "--auto-approve").code == 3, "they are marked as another state's"
    out = desk.done("apply", "--auto-approve", "--adopt")
    assert "17 adopted" in out and "0 added" in out and "0 changed" in out
    assert unmarked(desk) == live, "moving the state away adopts what is there"


def test_a_plan_made_with_another_state_is_refused(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    desk.done("apply", "--auto-approve")
    thirty.define(desk, thirty.after())
    plan = desk.folder / "plan.json"
    desk.done("plan", "--out", str(plan))
    desk.state.write_text(with_(lineage="another")(desk.state.read_text()))
    organisation = desk.app.store.snapshot()
    ran = desk.ddconf("apply", str(plan))
    assert ran.code == 5 and "another state" in ran.err
    assert desk.app.store.snapshot() == organisation


def folder_as_state(desk: Desk) -> None:
    desk.state.mkdir(parents=True)


def file_as_folder(desk: Desk) -> None:
    desk.state.parent.write_text("")


def full_device(desk: Desk) -> None:
    desk.write("ddconf.yaml", "state: /dev/full/state.json\n")


@pytest.mark.parametrize("spoil", [folder_as_state, file_as_folder, full_device])
def test_a_place_that_cannot_hold_a_state_stops_the_run_before_anything_changes(
    desk: Desk, spoil: Callable[[Desk], None]
) -> None:
    thirty.define(desk, {"monitor": {"one": thirty.monitor(1, "m")}})
    spoil(desk)
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code == 1
    assert "the state" in ran.err and "hint" in ran.err and "Traceback" not in ran.err
    assert desk.api("GET", "/api/v1/monitor") == []


FAILURES = {
    "disk full": (errno.ENOSPC, "the disk is full"),
    "quota": (errno.EDQUOT, "quota"),
    "read-only": (errno.EROFS, "read-only"),
    "no permission": (errno.EACCES, "permissions"),
}


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize("when", [".lock", ".journal", ".tmp"])
def test_a_disk_that_fails_is_said_clearly_and_leaves_no_half_written_file(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, when: str
) -> None:
    """Root, who may run the tests, is stopped by no permission: so the system's answer is made."""
    number, hint = FAILURES[name]
    thirty.define(desk, thirty.before())
    desk.done("apply", "--auto-approve")
    before = desk.state.read_text()
    thirty.define(desk, thirty.after())
    really = os.open

    def open_(path: str | Path, flags: int, *args: int, **more: int) -> int:
        if str(path).endswith(f"state.json{when}") and flags & os.O_CREAT:
            raise OSError(number, os.strerror(number), str(path))
        return really(path, flags, *args, **more)

    monkeypatch.setattr(os, "open", open_)
    ran = desk.ddconf("apply", "--auto-approve")
    monkeypatch.undo()
    assert ran.code in (1, 4), ran.err
    assert hint in ran.err and "Traceback" not in ran.err
    assert desk.state.read_text() == before or json.loads(desk.state.read_text())
    assert not list(desk.state.parent.glob("*.tmp"))
    desk.done("apply", "--auto-approve")
    assert thirty.counts(desk)["monitor"] == 9
    assert thirty.orphans(desk) == []
    assert "No changes." in desk.done("plan")


def test_state_and_plan_are_readable_by_their_owner_alone(desk: Desk) -> None:
    before = os.umask(0)
    try:
        thirty.define(desk, thirty.before())
        desk.done("plan", "--out", str(desk.folder / "plan.json"))
        desk.done("apply", "--auto-approve")
        desk.done("plan")
    finally:
        os.umask(before)
    kept = [desk.folder / "plan.json", *desk.state.parent.rglob("[!.]*")]
    assert len(kept) > 1
    assert [file.name for file in kept if file.is_file() and file.stat().st_mode & 0o077] == []
