"""The mistakes of the first day: each told once, at its place, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.cli.group import run

PIPELINE = """\
logs_custom_pipeline:
  a:
    name: a
    is_enabled: true
    filter: {query: "x"}
    processors:
      - type: grok-parser
        name: g
        is_enabled: true
        source: message
        samples: []
        grok: {support_rules: "", match_rules: "r hi %{wrod:user}"}
      - {type: status-remapper, name: s, is_enabled: true, sources: [user]}
"""


def told(text: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    (folder / "x.yaml").write_text(text, encoding="utf-8")
    run(["validate", "-C", str(folder)])
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("log_pipeline: {a: {name: a}}", "1:1", "unknown kind 'log_pipeline'", "logs_custom_pipeline"),
        ("logs: {a: {filter: {}, processors: []}}", "1:1", "unknown kind 'logs'", "logs_custom_pipeline"),
        ("monitor:\n  a:\n    name a\n    type: x\n", "3:9", "a ':' is missing", "key: value"),
        ("monitor:\n  a:\n    name:\xa0a\n    type: x\n", "3:10", "a no-break space", "replace"),
        ('monitor:\n  a:\n    name: "a\n    type: x\n', "3:11", "never ends", "closing quote"),
        ("monitor:\n\ta:\n    name: a\n", "2:1", "a tab cannot indent", "spaces"),
    ],
)
def test_a_mistake_in_yaml_names_its_cause(
    text: str, place: str, message: str, hint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(text, tmp_path, capsys)
    assert (said.count("error"), message in said, hint in said) == (1, True, True), said
    assert f"x.yaml:{place}\n" in said


@pytest.mark.parametrize("word", ["yes", "on", "no", "off", "True"])
def test_a_word_of_older_yaml_is_told_once_with_the_new_one(
    word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(PIPELINE.replace("is_enabled: true", f"is_enabled: '{word}'", 1), tmp_path, capsys)
    meant = "true" if word.lower() in ("yes", "on", "true") else "false"
    assert said.count("'is_enabled'") == 1
    assert f"write {meant}" in said


def test_another_programs_file_is_still_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "unknown kind" not in told("services: {web: {image: x}}\nnetworks: {}\n", tmp_path, capsys)


def test_a_misspelt_matcher_is_one_error_and_nothing_that_follows_from_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = told(PIPELINE, tmp_path, capsys)
    assert said.count("error: ") == 1
    assert "did you mean 'word'?" in said
    assert "nothing before writes" not in said


def test_a_pipeline_that_nobody_switches_on_is_warned_about(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    on = PIPELINE.replace("wrod", "word")
    assert "disabled" not in told(on, tmp_path, capsys)
    off = on.replace("    is_enabled: true\n", "", 1)
    assert "it will be created disabled" in told(off, tmp_path, capsys)


WRONG = {
    "processor": "logs_custom_pipeline: {a: {name: a, is_enabled: true, filter: {query: x}, processor: []}}",
    "type": "dashboard: {a: {title: a, layout_type: ordered, widgets: [{definition: {type: top_list}}]}}",
    "layout_type": "dashboard: {a: {title: a, layout_type: grid, widgets: []}}",
    "critical": "monitor: {a: {name: a, type: query alert, query: 'avg(last_5m):avg:system.cpu.user{*} > 5', "
    "message: '@a', options: {thresholds: {critical: '5'}}}}",
}


@pytest.mark.parametrize("field", WRONG)
def test_what_the_models_do_not_take_is_an_error(
    field: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.yaml").write_text(WRONG[field])
    assert run(["validate", "-C", str(tmp_path)]) == 1
    assert f"error: unknown field '{field}'" in (said := capsys.readouterr().err) or f"{field}'" in said
    assert run(["plan", "--sandbox", "-C", str(tmp_path)]) == 1


def test_an_unknown_field_can_be_allowed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.yaml").write_text(WRONG["processor"])
    allow = "--allow-unknown=logs_custom_pipeline.processor"
    assert run(["validate", "-C", str(tmp_path)]) == 1
    assert allow in capsys.readouterr().err
    assert run(["validate", "-C", str(tmp_path), allow]) == 0


def test_a_newer_field_is_told_once_for_a_kind_and_one_that_datadog_has_never(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = "{title: T, layout_type: ordered, widgets: [], zzz: 1, color_order: x}"
    said = told(f"dashboard:\n  a: {board}\n  b: {board}\n", tmp_path, capsys)
    assert said.count("unknown field 'zzz'") == 1
    assert "'color_order'" not in said
