"""An organisation full of hostile texts, looked at by every command that prints."""

from __future__ import annotations

import json
import os
import unicodedata
from pathlib import Path

import pytest

from tests.e2e.conftest import Desk

HOSTILE = (
    "x\n::error::owned\n  ::add-mask::a\n##[error]b\x1b]0;title\x07"
    "\u202egpj.exe\x9b31m\r::set-output name=a::b"
)
FORMATS = ("text", "json", "markdown", "html", "gitlab", "terraform")
COMMANDS = (
    *(("plan", "--format", name) for name in FORMATS),
    ("plan", "--full"),
    ("state", "list"),
    ("state", "show", "monitor.cpu"),
    ("validate",),
    ("lint",),
    ("lint", "--format", "json"),
    ("lint", "--format", "sarif"),
    ("why", "host"),
    ("impact", "monitor.cpu"),
    ("graph",),
    ("drift",),
    ("destroy", "--auto-approve"),
)


def monitor(text: str) -> str:
    body = {
        "name": text,
        "type": "metric alert",
        "query": "avg(last_5m):avg:a{*} > 1",
        "message": text,
        "tags": [f"t:{text}"],
    }
    return json.dumps({"monitor": {"cpu": body}})


def test_nothing_printed_commands_a_terminal_or_a_runner(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    desk.write("one.json", monitor(HOSTILE))
    desk.done("apply", "--auto-approve")
    desk.write("one.json", monitor(HOSTILE + HOSTILE))
    desk.write("\x1b[31m\u202e::error::\n.json", "{")
    for ran in [desk.ddconf("validate")]:
        check(ran.out + ran.err)
    (desk.folder / "\x1b[31m\u202e::error::\n.json").unlink()
    for command in COMMANDS:
        ran = desk.ddconf(*command)
        check(ran.out + ran.err)


def check(text: str) -> None:
    for line in text.split("\n"):
        assert not line.strip().startswith("::") and "##[" not in line, line
        hidden = [
            char for char in line if char != "\t" and unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp")
        ]
        assert not hidden, (hidden, line)


def test_a_file_name_that_is_not_utf8_is_shown_in_every_format(desk: Desk) -> None:
    desk.write("one.json", monitor("x"))
    text = "dashboard:\n  a: {title: a, layout_type: ordered, widgets: [], template_variables: [{name: x}]}\n"
    Path(os.fsdecode(os.fsencode(desk.folder) + b"/\xff.yaml")).write_text(text)
    for name in ("text", "json", "sarif", "github"):
        ran = desk.ddconf("lint", "--format", name)
        (ran.out + ran.err).encode()
        assert ran.code in (0, 1)
