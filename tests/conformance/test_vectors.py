"""One vector that is refused or crashes costs itself, not the run."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conformance import grok, pipelines

RULES = {"match_rules": ["%{word:a}"], "support_rules": {}, "input": "x"}
PARSER = {
    "type": "grok-parser",
    "name": "line",
    "enabled": True,
    "source": "message",
    "grok": {"matchRules": "line %{word:a}", "supportRules": ""},
}
RESULT = {"custom": {"a": "x"}, "message": "x", "tags": []}


def test_a_refused_rule_is_one_failure(tmp_path: Path) -> None:
    vectors = [
        {"name": "good", **RULES, "expected": {"a": "x"}},
        {"name": "refused", **RULES, "match_rules": ["%{wurd:a}"], "expected": {"a": "x"}},
        {"name": "no match", **RULES, "input": "-", "expected_error": "in other words"},
        {"name": "disputed", **RULES, "expected": {}, "disputed": "two sources differ"},
    ]
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "grok.json").write_text(json.dumps(vectors))
    (result,) = grok.run(tmp_path)
    assert (result["total"], result["passed"], result["disputed"]) == (3, 2, ["disputed"])
    assert [failure["name"] for failure in result["failures"]] == ["refused"]


def test_any_filter_can_be_measured(tmp_path: Path) -> None:
    vectors = [{"name": "json", "filter": "json", "input": '{"a": 1}', "expected": {"a": 1}}]
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "filters.json").write_text(json.dumps(vectors))
    assert [result["passed"] for result in grok.run(tmp_path)] == [1]


def test_a_refused_pipeline_fails_its_own_tests(tmp_path: Path) -> None:
    wrong = {**PARSER, "grok": {"matchRules": "line %{wurd:a}"}}
    (tmp_path / "logs" / "pipelines").mkdir(parents=True)
    for name, parser in (("good", PARSER), ("wrong", wrong)):
        pipeline = {"name": name, "enabled": True, "filter": {"query": "*"}, "processors": [parser]}
        document = {"pipeline": pipeline, "tests": [{"name": name, "sample": "x", "result": RESULT}]}
        (tmp_path / "logs" / "pipelines" / f"{name}.json").write_text(json.dumps(document))
    (result,) = [found for found in pipelines.run(tmp_path) if found["set"] == "pipelines"]
    assert (result["total"], result["passed"]) == (2, 1)
    assert result["failures"][0]["name"] == "wrong"
