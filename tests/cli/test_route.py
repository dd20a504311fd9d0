"""Logs routed offline by what is defined: no sandbox, no keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ddconf.cli.group import run

DEFINITIONS = """
logs_index:
  web:
    name: web
    filter: {query: "service:web"}
    exclusion_filters:
      - {name: health, is_enabled: true, filter: {query: "@path:/health", sample_rate: 1}}
logs_metric:
  hits:
    id: web.hits
    filter: {query: "service:web"}
    compute: {aggregation_type: count}
    group_by: [{path: "@path"}]
logs_archive:
  all:
    name: all
    query: "*"
    destination: {type: s3, bucket: b, integration: {role_name: r, account_id: "123456789012"}}
logs_index_order:
  order:
    index_names: ["${logs_index.web}", main]
"""
LOGS = [
    {"service": "web", "path": "/a", "message": "a"},
    {"service": "web", "path": "/health", "message": "ok"},
    {"service": "db", "message": "c"},
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "logs.yaml").write_text(DEFINITIONS)
    (tmp_path / "day.jsonl").write_text("\n".join(map(json.dumps, LOGS)))
    return tmp_path


def test_each_place_says_how_many_it_gets(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(folder), "route", "--logs", str(folder / "day.jsonl")]) == 0
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        "3 logs",
        "index web 1 1 excluded by 'health'",
        "index main 1",
        "archive all 3",
        "metric web.hits 2 2 series",
    ]


def test_the_same_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["-C", str(folder), "route", "--logs", str(folder / "day.jsonl"), "--format", "json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["indexes"]["web"] == {"logs": 1, "examples": ["a"], "excluded": {"health": 1}}
    assert said["metrics"]["web.hits"]["series"] == 2
    assert said["not_indexed"]["logs"] == 0


def test_a_filter_that_cannot_be_read_is_left_out_by_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "more.yaml").write_text('logs_metric: {bad: {id: bad, filter: {query: "("}, compute: {}}}')
    assert run(["-C", str(folder), "route", "--logs", str(folder / "day.jsonl")]) == 0
    assert "Left out: metric bad" in capsys.readouterr().err


def test_what_a_change_moves_is_told_place_by_place_and_by_the_day(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    changed = tmp_path_factory.mktemp("changed")
    text = DEFINITIONS.replace("is_enabled: true", "is_enabled: false")
    text = text.replace('query: "*"', 'query: "service:db"')
    (changed / "logs.yaml").write_text(text.replace('"@path"}]', '"@path"}, {path: "@user"}]'))
    hours = [f"2026-05-04T{hour:02}:00:00Z" for hour in (0, 6, 12)]
    lines = [{**log, "timestamp": moment} for log, moment in zip(LOGS, hours, strict=True)]
    (folder / "day.jsonl").write_text("\n".join(map(json.dumps, lines)))
    asked = ["-C", str(changed), "route", "--logs", str(folder / "day.jsonl"), "--against"]
    assert run([*asked, str(folder)]) == 0
    told = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert told == [
        "3 logs",
        "index web 1 -> 2 +1 (+2 a day)",
        "archive all 3 -> 1 -2 (-4 a day)",
        "excluded web: health 1 -> 0 -1 (-2 a day)",
    ]
    assert run([*asked, str(folder), "--format", "json"]) == 0
    first = json.loads(capsys.readouterr().out)["moves"][0]
    assert first == {"kind": "index", "name": "web", "before": 1, "after": 2, "more_a_day": 2}
    assert run([*asked, str(changed)]) == 0
    assert capsys.readouterr().out == "3 logs: nothing moves\n"


def test_a_place_that_is_new_or_gone_and_more_series_are_moves(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path_factory.mktemp("empty")
    (empty / "ddconf.yaml").write_text("")
    asked = ["route", "--logs", str(folder / "day.jsonl"), "--against"]
    assert run(["-C", str(folder), *asked, str(empty)]) == 0
    told = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "index web 0 -> 1 +1" in told and "series web.hits 0 -> 2 +2" in told
    assert "index main 3 -> 1 -2" in told
