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
