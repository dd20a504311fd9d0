"""Where a command finds the definitions: from the folder itself, from above it, and from below it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from ddconf.definitions.root import find_root
from tests.e2e.conftest import Desk

MONITOR = {"name": "A", "type": "metric alert", "query": "avg(last_5m):avg:a{*} > 1", "message": "m @a@b.de"}


def test_the_repository_root_and_a_folder_below_work_as_the_folder_itself(desk: Desk, tmp_path: Path) -> None:
    root = tmp_path / "repository"
    (root / ".git").mkdir(parents=True)
    (root / "definitions/monitor").mkdir(parents=True)
    (root / "definitions/ddconf.yaml").write_text("variables: {a: b}\n")
    (root / "definitions/monitor/a.json").write_text(json.dumps({"monitor": {"a": MONITOR}}))
    (root / "k8s.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n")
    for folder in (root, root / "definitions", root / "definitions/monitor"):
        ran = Desk(folder, desk.app, desk.url).ddconf("validate")
        assert (ran.code, "1 definition is valid" in ran.out) == (0, True), ran.err
        assert ("Working in" in ran.err) == (folder != root / "definitions")


def test_the_search_ends_at_the_top_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "ddconf.yaml").write_text("")
    inner = tmp_path / "repository/inner"
    inner.mkdir(parents=True)
    assert find_root(inner) == tmp_path
    (tmp_path / "repository/.git").mkdir()
    assert find_root(inner) == inner


@pytest.mark.parametrize("command", ["validate", "plan", "apply", "lint"])
def test_a_folder_without_definitions_is_a_mistake(desk: Desk, command: str) -> None:
    desk.write("notes.yaml", "just: text\n")
    ran = desk.ddconf(command, *(["--auto-approve"] if command == "apply" else []))
    assert ran.code == 1
    assert "no definition was found" in ran.err and "Success" not in ran.out


def test_twenty_mistakes_are_shown_and_the_others_counted(desk: Desk) -> None:
    wrong = {"monitor": {f"a{number}": {"name": 1, "type": "x"} for number in range(70)}}
    desk.write("a.json", json.dumps(wrong))
    for command in ("validate", "plan"):
        ran = desk.ddconf(command)
        assert ran.code == 1
        assert len(re.findall(r"(?m)^error", ran.err)) == 20
        assert "more mistakes" in ran.err or "mistakes found. The first 20 are shown." in ran.err
