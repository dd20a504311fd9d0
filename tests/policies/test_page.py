"""The examples of docs/policies.md do what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ddconf.cli.group import run
from ddconf.operations.policies.python import run_python

PAGE = (Path(__file__).parents[2] / "docs" / "policies.md").read_text("utf-8")
MONITOR = """monitor:
  cpu:
    name: CPU
    type: query alert
    query: avg(last_5m):avg:system.cpu.user{*} > 90
    message: "Busy. See https://runbooks.example.com/cpu @slack-shop"
    tags: [env:prod, team:shop]
    options: {thresholds: {critical: 90}}
"""


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_the_lines_find_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ddconf.yaml").write_text(blocks("yaml")[0])
    (tmp_path / "monitors.yaml").write_text(MONITOR)
    ((command, output),) = re.findall(r"^```\n\$ ddconf (.*)\n((?:.*\n)*?)```$", PAGE, re.MULTILINE)
    assert run(command.split()) == 1
    assert capsys.readouterr().out == output
    assert run(["lint", "--test-policies"]) == 0
    assert "production-pages: 3 examples" in capsys.readouterr().out


def test_the_file_judges_its_examples(tmp_path: Path) -> None:
    (python,) = blocks("python")
    file = tmp_path / "names.py"
    file.write_text(python)
    found = run_python([file], [], test=True)
    assert (found.mistakes, found.wrong_examples) == ([], [])
    assert found.policies["service-in-name"]["examples"] == 2
