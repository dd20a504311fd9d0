"""What a shell offers while a command line is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from ddconf.cli.group import ddconf, run
from ddconf.render import json as render_json
from tests.conftest import ROOT

MONITOR = "name: CPU\n    type: query alert\n    query: avg(last_5m):avg:system.cpu.user{*} > 90\n"


def offered(*words: str) -> list[str]:
    """What is offered for the last word."""
    shell = ShellComplete(ddconf, {}, "ddconf", "_DDCONF_COMPLETE")
    return [item.value for item in shell.get_completions(list(words[:-1]), words[-1])]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DDCONF_SANDBOX", raising=False)
    (tmp_path / "ddconf.yaml").write_text("environments: {staging: {}, prod: {}}\n")
    (tmp_path / "m.yaml").write_text(f"monitor:\n  cpu_a:\n    {MONITOR}  cpu_b:\n    {MONITOR}")
    assert run(["--sandbox", "apply", "--auto-approve", "--target=monitor.cpu_a"]) == 0
    capsys.readouterr()
    return tmp_path


def test_kinds_are_offered_where_a_kind_is_meant() -> None:
    assert offered("kinds", "logs_ind") == ["logs_index", "logs_index_order"]
    assert offered("schema", "team_l") == ["team_link"]


def test_addresses_are_those_of_the_definitions_and_of_the_state(folder: Path) -> None:
    assert offered("plan", "--target", "monitor.cpu") == ["monitor.cpu_a", "monitor.cpu_b"]
    assert offered("--sandbox", "state", "show", "") == ["monitor.cpu_a"]
    (folder / "m.yaml").unlink()
    assert offered("plan", "--sandbox", "--replace", "mon") == ["monitor.cpu_a"]


def test_another_folder_is_looked_into(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert offered("-C", str(folder), "plan", "--exclude", "monitor.cpu_b") == ["monitor.cpu_b"]


def test_environments_and_formats_are_offered(folder: Path) -> None:
    assert offered("plan", "--env", "") == ["prod", "staging"]
    assert offered("show", "--format", "m") == ["markdown"]
    assert render_json.__name__.rpartition(".")[2] in offered("plan", "--format", "")


def test_nothing_is_offered_or_said_where_something_is_wrong(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "m.yaml").write_text("monitor: [")
    (folder / ".ddconf" / "sandbox" / "state.json").write_text("damaged")
    assert offered("--sandbox", "plan", "--target", "") == []
    (folder / "ddconf.yaml").write_text("{")
    assert offered("plan", "--env", "") == []
    assert offered("plan", "-C", "/does/not/exist", "--target", "") == []
    assert capsys.readouterr() == ("", "")


def test_a_folder_that_is_none_of_ours_is_not_searched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "m.yaml").write_text(f"monitor:\n  cpu:\n    {MONITOR}")
    monkeypatch.chdir(tmp_path)
    assert offered("plan", "--target", "") == []


def parameters(command: click.Command, path: str = "") -> Iterator[tuple[str, click.Parameter]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            if (inner := command.get_command(context, name)) is not None:
                yield from parameters(inner, f"{path} {name}".strip())
    else:
        yield from ((path, one) for one in command.params)


def test_whatever_takes_an_address_or_a_kind_offers_them() -> None:
    silent = [
        f"{path}: {one.name}"
        for path, one in parameters(ddconf)
        if {"ADDRESS", "KIND"} & set(re.findall(r"[A-Z]+", (one.metavar or str(one.name)).upper()))
        and "KIND.FIELD" not in (one.metavar or "")
        and one._custom_shell_complete is None
    ]
    assert silent == []
