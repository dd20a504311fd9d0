"""Each planted mistake is found at its place, and the definitions that it is planted in are sound."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from ddconf.errors import Diagnostic
from ddconf.lint.explain import examples, explain
from ddconf.lint.rules import Rule, registered
from ddconf.operations.lint import lint
from tests.lint.folder import change, copy_sound, loaded

HERE = Path(__file__).parent
PLANTED: list[dict[str, Any]] = yaml.safe_load((HERE / "planted.yaml").read_text("utf-8"))


def findings(root: Path) -> Sequence[Diagnostic]:
    return lint(*loaded(root)).found


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    return copy_sound(tmp_path)


def test_the_sound_definitions_are_clean(sound: Path) -> None:
    assert [str(item) for item in findings(sound)] == []


@pytest.mark.parametrize(
    "mistake", PLANTED, ids=lambda mistake: f"{mistake['rule']}-{mistake['written'][:30]}"
)
def test_a_planted_mistake_is_found_at_its_place(mistake: dict[str, Any], sound: Path) -> None:
    text = change(sound, mistake["file"], mistake["text"], mistake["written"])
    found = findings(sound)
    own = [item for item in found if item.rule == mistake["rule"]]
    others = {item.rule for item in found} - {mistake["rule"]}
    assert len(own) == 1, [str(item) for item in found]
    assert others <= set(mistake.get("also", ())), [str(item) for item in found]
    (item,) = own
    assert item.severity == mistake.get("severity", registered()[item.rule].severity)
    assert item.source is not None
    assert item.source.file.endswith(mistake["file"])
    assert (item.source.line, item.source.column, item.length) == place(mistake, text)


def place(mistake: dict[str, Any], text: str) -> tuple[int, int, int]:
    """Line and column of the text that the caret is to stand under, and how long the caret is."""
    at = mistake.get("at", mistake["written"])
    offset = -1
    for _ in range(mistake.get("nth", 1)):
        offset = text.index(at, offset + 1)
    offset += mistake.get("offset", 0)
    line = text.count("\n", 0, offset) + 1
    return line, offset - text.rfind("\n", 0, offset), len(mistake.get("caret", at))


def test_every_rule_has_a_planted_mistake() -> None:
    assert {mistake["rule"] for mistake in PLANTED} == set(registered())


@pytest.mark.parametrize("rule", registered().values(), ids=lambda rule: rule.name)
def test_every_rule_tells_problem_example_and_waiver(rule: Rule) -> None:
    section = explain(rule, examples()[rule.name])
    wrong, right = examples()[rule.name]
    assert rule.summary.endswith(".")
    assert rule.summary in section
    assert wrong != right
    assert "\n- " in section
    assert "\n+ " in section
    assert f"waive: {{{rule.name}: the reason}}" in section
