"""What is found in a pipeline without running it."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.document import format_path
from ddconf.pipelines.lint import lint


def found(*processors: dict[str, Any]) -> list[tuple[str, str]]:
    enabled = [{"is_enabled": True, **item} for item in processors]
    problems = lint({"is_enabled": True, "processors": enabled})
    return [(format_path(problem.path), problem.message) for problem in problems]


GROK = {"type": "grok-parser", "grok": {"match_rules": "r %{word:http.method} %{data:http.url}"}}


def test_a_sound_pipeline_has_no_problems() -> None:
    assert found(GROK, {"type": "url-parser", "sources": ["http.url"], "target": "http.url_details"}) == []


@pytest.mark.parametrize(
    ("processor", "path", "words"),
    [
        ({**GROK, "samples": ["x"] * 6}, "processors[0].samples", "limit is 5"),
        ({**GROK, "samples": ["x" * 5001]}, "processors[0].samples[0]", "limit is 5000"),
        ({**GROK, "samples": ["x", " "]}, "processors[0].samples[1]", "empty sample"),
        (
            {"type": "pipeline", "processors": [{"type": "pipeline", "processors": []}]},
            "processors[0].processors[0]",
            "nested",
        ),
        (
            {
                "type": "category-processor",
                "target": "t",
                "categories": [{"name": "a", "filter": {"query": "*"}}] * 2,
            },
            "processors[0].categories[1].name",
            "twice",
        ),
        (
            {"type": "attribute-remapper", "sources": ["a"], "target": "a:b"},
            "processors[0].target",
            "not allowed",
        ),
        (
            {
                "type": "attribute-remapper",
                "sources": ["a"],
                "target": "b",
                "target_type": "tag",
                "target_format": "string",
            },
            "processors[0].target_format",
            "cast",
        ),
        (
            {"type": "array-map-processor", "source": "a", "target": "b", "processors": []},
            "processors[0].processors",
            "at least one",
        ),
        ({"type": "grok-praser"}, "processors[0].type", "unknown"),
        (
            {"type": "exclude-attribute", "attribute_to_exclude": "host"},
            "processors[0].attribute_to_exclude",
            "host",
        ),
        ({"type": "lookup-processor", "source": "a", "target": "b"}, "processors[0]", "lookup_table"),
        (
            {"type": "array-processor", "operation": {"type": "sort"}},
            "processors[0].operation.type",
            "unknown operation",
        ),
    ],
)
def test_a_problem_is_found_at_its_place(processor: dict[str, Any], path: str, words: str) -> None:
    matching = [message for place, message in found(processor) if place == path]
    assert any(words in message for message in matching)


def test_an_attribute_that_nothing_writes_is_found_with_a_similar_name() -> None:
    processor = {"type": "url-parser", "is_enabled": True, "sources": ["http.ulr"], "target": "u"}
    (problem,) = lint({"is_enabled": True, "processors": [{**GROK, "is_enabled": True}, processor]})
    assert problem.path == ("processors", 1)
    assert problem.warning
    assert "@http.ulr" in problem.message
    assert problem.hint == "did you mean 'http.url'?"


def test_attributes_of_json_logs_are_not_guessed_at() -> None:
    remapper = {"type": "service-remapper", "sources": ["app"]}
    assert found(remapper, GROK, {"type": "status-remapper", "sources": ["level"]}) == []


def test_nothing_is_said_after_a_rule_that_can_write_anything() -> None:
    keyvalue = {"type": "grok-parser", "grok": {"match_rules": "r %{data::keyvalue}"}}
    assert found(keyvalue, {"type": "status-remapper", "sources": ["level"]}) == []


def test_one_known_source_of_several_is_enough() -> None:
    assert found(GROK, {"type": "service-remapper", "sources": ["app", "http.method"]}) == []


def test_paths_of_an_integration_file_lead_into_its_pipeline() -> None:
    (problem,) = lint({"id": "x", "pipeline": {"enabled": True, "processors": [{"type": "wat"}]}})
    assert problem.path == ("pipeline", "processors", 0, "type")


def test_one_mistake_is_one_problem() -> None:
    assert found({"type": "service-remapper", "sources": "app"}) == [
        ("processors[0].sources", "'sources' must be a list")
    ]
