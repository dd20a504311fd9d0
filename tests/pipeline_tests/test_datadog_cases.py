"""Datadog's own pairs of a pipeline and its tests run as they are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from ddconf.definitions.yaml.write import dump
from ddconf.errors import DdconfError
from tests.conformance._ratchet import known
from tests.operations.shop import collection, reports, statuses
from tests.pace import slowness

PIPELINE = """\
id: shop
metric_id: shop
facets:
  - {name: Method, path: http.method, source: log}
pipeline:
  type: pipeline
  name: Shop
  enabled: true
  filter:
    query: source:shop
  processors:
    - type: grok-parser
      name: Access
      enabled: true
      source: message
      samples: ["GET /cart"]
      grok:
        supportRules: ""
        matchRules: |
          access %{word:http.method} %{notSpace:http.url}
    - {type: date-remapper, name: Time, enabled: true, sources: [time]}
"""
TESTS = """\
# A comment stays.
id: "shop"
tests:
 -
  sample: "GET /cart"
  result:
    custom:
      http:
        method: "GET"
        url: "/cart"
    message: "GET /cart"
    tags:
     - "source:LOGS_SOURCE"
    timestamp: 1
 -
  sample: |-
    { "time" : 47, "n" : 2.0, "level" : "warn" }
  service: "web"
  result:
    custom:
      level: "warn"
      n: 2.0
      time: 47
    message: |-
      {"time": 47, "n": 2.0, "level": "warn"}
    service: "web"
    tags:
     - "source:LOGS_SOURCE"
    timestamp: "1970-01-01T00:00:00.047Z"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.yaml").write_text(PIPELINE)
    (tmp_path / "shop_tests.yaml").write_text(TESTS)
    return tmp_path


def test_a_pair_runs_as_it_is(folder: Path) -> None:
    (report,) = reports(folder)
    assert report.suite.name.endswith("shop.yaml")
    assert statuses([report]) == ["passed", "passed"]


def test_one_file_of_a_pair_stands_for_both(folder: Path) -> None:
    for name in ("shop.yaml", "shop_tests.yaml"):
        assert statuses(reports(folder, folder / name)) == ["passed", "passed"]


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("n: 2.0\n      time", "n: 2\n      time", "@n"),
        ('      level: "warn"\n', "", "@level"),
        ("timestamp: 1\n", "timestamp: 2\n", "timestamp"),
        ('    service: "web"\n    tags', "    tags", "service"),
        ('    message: "GET /cart"', '    message: "GET"', "message"),
        (
            '"source:LOGS_SOURCE"\n    timestamp: 1',
            '"source:LOGS_SOURCE"\n     - "a:b"\n    timestamp: 1',
            "tags",
        ),
    ],
)
def test_a_result_is_compared_strictly(folder: Path, before: str, after: str, place: str) -> None:
    assert before in TESTS
    (folder / "shop_tests.yaml").write_text(TESTS.replace(before, after))
    found = [
        item for report in reports(folder) for verdict in report.verdicts for item in verdict.differences
    ]
    assert [item.place for item in found] == [place]


def test_of_a_key_that_stands_twice_the_last_counts(folder: Path) -> None:
    (folder / "shop.yaml").write_text(PIPELINE.replace("id: shop\n", "id: other\nid: shop\n"))
    twice = TESTS.replace('method: "GET"', 'method: "PUT"\n        method: "GET"')
    (folder / "shop_tests.yaml").write_text(twice)
    assert statuses(reports(folder)) == ["passed", "passed"]


def test_a_mistake_in_an_asset_has_its_place_in_the_file(folder: Path) -> None:
    (folder / "shop.yaml").write_text(PIPELINE.replace("%{word:http.method}", "%{wrd:http.method}"))
    (mistake,) = reports(folder)[0].mistakes
    assert mistake.source and (mistake.source.line, mistake.source.column) == (20, 20)


def test_definitions_beside_pairs_are_loaded_without_them(folder: Path) -> None:
    (folder / "monitor.yaml").write_text("monitor:\n  a: {name: a}\n")
    assert statuses(reports(folder)) == ["passed", "passed"]


def test_definitions_that_end_in_tests_are_no_pair(tmp_path: Path) -> None:
    (tmp_path / "cpu.yaml").write_text("monitor:\n  a: {name: a}\n")
    (tmp_path / "cpu_tests.yaml").write_text("monitor:\n  b: {name: b}\n")
    assert collection(tmp_path).suites == ()


def test_what_is_no_pair_is_refused_with_its_place(folder: Path) -> None:
    (folder / "shop.yaml").write_text("monitor: {}\n")
    (folder / "other.yaml").write_text(PIPELINE)
    (folder / "other_tests.yaml").write_text("tests:\n  - {sample: x}\n")
    with pytest.raises(DdconfError) as raised:
        collection(folder)
    assert [item.message for item in raised.value.diagnostics] == [
        "a test needs a `sample` and a `result`",
        "this is not an integration pipeline",
    ]


@pytest.mark.parametrize(
    ("result", "message"), [("custom: 5", "'custom' must be a mapping"), ("tags: x", "'tags' must be a list")]
)
def test_a_result_of_the_wrong_form_is_refused(folder: Path, result: str, message: str) -> None:
    (folder / "shop_tests.yaml").write_text(f"tests:\n  - {{sample: x, result: {{{result}}}}}\n")
    with pytest.raises(DdconfError, match=message) as raised:
        collection(folder)
    assert "shop_tests.yaml:2:" in str(raised.value.diagnostics[0].source)


def test_a_log_has_the_tags_of_its_test(folder: Path) -> None:
    text = TESTS.replace('}\n  service: "web"\n', '}\n  service: "web"\n  tags: ["env:prod"]\n')
    before, tag, after = text.rpartition('     - "source:LOGS_SOURCE"\n')
    expected = f'{before}{tag}     - "env:prod"\n{after}'
    (folder / "shop_tests.yaml").write_text(expected)
    assert statuses(reports(folder)) == ["passed", "passed"]


@pytest.mark.parametrize(
    "malformed",
    ["tests:\n  - {sample: x}\n", "tests: {a: [}\n", "tests:\n  - {sample: x, result: {tags: x}}\n"],
)
def test_a_malformed_file_stops_no_other(folder: Path, malformed: str) -> None:
    (folder / "other.yaml").write_text(PIPELINE)
    (folder / "other_tests.yaml").write_text(malformed)
    passed, failed = reports(folder)
    assert statuses([passed]) == ["passed", "passed"]
    assert statuses([failed]) == ["failed"]
    assert failed.suite.name.endswith("other_tests.yaml")
    assert failed.mistakes


def pairs_of(corpus: Path, folder: Path) -> None:
    """The vectors of pipelines that pass, written as the pairs that they were read from."""
    failing = known("pipelines")
    for file in sorted((corpus / "logs" / "pipelines").glob("*.json")):
        vector: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        tests = [
            {key: test[key] for key in ("sample", "service", "tags", "result") if key in test}
            for test in vector["tests"]
            if not test.get("disputed") and f"pipelines {test['name']}" not in failing
        ]
        pipeline = {"id": file.stem, "facets": vector["facets"], "pipeline": vector["pipeline"]}
        (folder / f"{file.stem}.yaml").write_text(dump(pipeline), encoding="utf-8")
        (folder / f"{file.stem}_tests.yaml").write_text(
            dump({"id": file.stem, "tests": tests}), encoding="utf-8"
        )


def test_all_pairs_of_the_corpus_pass_within_seconds(corpus: Path, tmp_path: Path) -> None:
    """About two seconds of the processor; the bound leaves room for a machine that is busy."""
    pairs_of(corpus, tmp_path)
    total = len([*(corpus / "logs" / "pipelines").glob("*.json")])
    start = sum(os.times()[2:4])
    ran = subprocess.run(
        [sys.executable, "-m", "ddconf", "test", "--format", "json"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    seconds = sum(os.times()[2:4]) - start
    result = json.loads(ran.stdout)
    assert [test for test in result["tests"] if test["status"] != "passed"] == []
    assert result["summary"]["passed"] == len(result["tests"]) >= total
    assert (ran.returncode, result["summary"]["failed"], result["summary"]["skipped"]) == (0, 0, 0)
    assert seconds < 10 * slowness()
