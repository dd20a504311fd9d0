"""`lint --fix`: what it mends, what it leaves to a person, and what stays as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from ddconf.cli.group import run
from ddconf.operations.fix_lint import fixes, write
from ddconf.operations.lint import lint
from ddconf.operations.validate import validate
from tests.lint.folder import change, copy_sound, loaded
from tests.lint.test_planted import PLANTED

FIXED = {
    "both-delays",
    "full-window-on-sparse",
    "group-delay-without-groups",
    "handle-glued",
    "missing-evaluation-delay",
    "no-data-too-early",
    "option-not-for-type",
    "recovery-not-allowed",
    "recovery-without-threshold",
    "silent-count",
}
MISTAKES = [mistake for mistake in PLANTED if mistake["rule"] in FIXED]


def fix(root: Path) -> int:
    """How many findings are gone."""
    definitions, settings = loaded(root)
    fixed = fixes(lint(definitions, settings).fixable, definitions)
    write(fixed)
    return sum(len(one.findings) for one in fixed)


def monitor(root: Path, text: str) -> Path:
    (root / "ddconf.yaml").write_text("variables: {team: {default: shop}, full: {default: true}}\n")
    file = root / "monitors.yaml"
    file.write_text(text)
    return file


COUNTS = """
# Why these are here.
monitor:
  orders: # few of them
    name: Orders
    type: "query alert"
    query: sum(last_1h):sum:shop.orders{*}.as_count() < 10  # an hour
    message: "Few orders. @slack-${var.team}"
    options:
      # all windows
      require_full_window: true # a comment
      thresholds: {critical: 10}
"""


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: str(mistake["rule"]))
def test_a_planted_mistake_is_mended_once_and_nothing_else_is_changed(
    mistake: dict[str, Any], tmp_path: Path
) -> None:
    root = copy_sound(tmp_path)
    sound = validate(*loaded(root))
    change(root, mistake["file"], mistake["text"], mistake["written"])
    planted = {file: file.read_text("utf-8") for file in root.iterdir()}
    assert fix(root) == 1
    assert [item.rule for item in lint(*loaded(root)).found if item.rule in FIXED] == []
    assert [item.message for item in validate(*loaded(root))] == [item.message for item in sound]
    mended = {file: file.read_text("utf-8") for file in root.iterdir()}
    assert [file.name for file in planted if planted[file] != mended[file]] == [mistake["file"]]
    assert fix(root) == 0
    assert {file: file.read_text("utf-8") for file in root.iterdir()} == mended


def test_every_rule_that_mends_is_among_those_tested(tmp_path: Path) -> None:
    root = copy_sound(tmp_path)
    mending = set()
    for mistake in PLANTED:
        before = (root / mistake["file"]).read_text("utf-8")
        change(root, mistake["file"], mistake["text"], mistake["written"])
        mending |= {finding.rule for finding in lint(*loaded(root)).fixable}
        (root / mistake["file"]).write_text(before)
    assert mending == FIXED == {mistake["rule"] for mistake in MISTAKES}


def test_comments_quotes_and_variables_stay(tmp_path: Path) -> None:
    file = monitor(tmp_path, COUNTS)
    assert fix(tmp_path) == 1
    assert file.read_text("utf-8") == COUNTS.replace("window: true", "window: false")


def test_a_value_from_a_variable_is_left_to_a_person(tmp_path: Path) -> None:
    text = COUNTS.replace("window: true", "window: ${var.full}")
    file = monitor(tmp_path, text)
    assert [item.rule for item in lint(*loaded(tmp_path)).fixable] == ["full-window-on-sparse"]
    assert fix(tmp_path) == 0
    assert file.read_text("utf-8") == text


def test_two_handles_are_mended_together_unless_a_variable_stands_beside_them(tmp_path: Path) -> None:
    text = COUNTS.replace("window: true", "window: false")
    file = monitor(tmp_path, text.replace('"Few orders. @slack-${var.team}"', '"Few:@slack-a, or:@slack-b."'))
    assert fix(tmp_path) == 2
    assert 'message: "Few: @slack-a, or: @slack-b."' in file.read_text("utf-8")
    beside = text.replace("orders. @slack-${var.team}", "orders:@slack-a ${var.team}")
    file = monitor(tmp_path, beside)
    assert fix(tmp_path) == 0
    assert file.read_text("utf-8") == beside


def test_for_each_and_shared_anchors_are_left_to_a_person(tmp_path: Path) -> None:
    each = COUNTS.replace("    name: Orders\n", "    for_each: [a, b]\n    name: Orders ${each.key}\n")
    file = monitor(tmp_path, each)
    assert fix(tmp_path) == 0
    assert file.read_text("utf-8") == each


def test_what_is_waived_is_not_mended(tmp_path: Path) -> None:
    waived = COUNTS.replace("    name:", "    ddconf: {waive: {full-window-on-sparse: meant}}\n    name:")
    file = monitor(tmp_path, waived)
    assert fix(tmp_path) == 0
    assert file.read_text("utf-8") == waived


def test_json_is_mended_too(tmp_path: Path) -> None:
    import json

    body = yaml.safe_load(COUNTS.replace("${var.team}", "shop"))
    file = tmp_path / "monitors.json"
    file.write_text(json.dumps(body))
    (tmp_path / "ddconf.yaml").write_text("")
    assert fix(tmp_path) == 1
    assert json.loads(file.read_text())["monitor"]["orders"]["options"]["require_full_window"] is False


def test_the_command_shows_then_mends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    file = monitor(tmp_path, COUNTS)
    assert run(["lint", "--fix", "--diff"]) == 1
    out = capsys.readouterr().out
    assert (
        "-      require_full_window: true # a comment\n+      require_full_window: false # a comment\n" in out
    )
    assert file.read_text("utf-8") == COUNTS
    assert run(["lint", "--fix"]) == 0
    shown = capsys.readouterr()
    assert shown.err == "Fixed 1 in monitors.yaml: full-window-on-sparse\n"
    assert shown.out == "0 errors, 0 warnings, 0 notes\n"
    assert run(["lint", "--fix", "--diff"]) == 0
    assert capsys.readouterr().out == ""
    assert run(["lint", "--diff"]) == 1
    assert "add --fix" in capsys.readouterr().err


def test_a_rule_is_explained(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lint", "--explain", "silent-count"]) == 0
    out = capsys.readouterr().out
    assert "- on_missing_data: show_no_data\n+ on_missing_data: default\n" in out
    assert "waive: {silent-count: the reason}" in out
    assert run(["lint", "--explain", "silent-cont"]) == 1
    assert "did you mean 'silent-count'?" in capsys.readouterr().err
