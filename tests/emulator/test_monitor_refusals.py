"""The emulator refuses monitors with Datadog's texts, and what the client's own reading accepts it takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ddconf.emulator.monitor_refusals import refusals

CPU = "avg(last_5m):avg:m{*} > 90"


@pytest.mark.parametrize(
    ("type", "query", "options", "text"),
    [
        ("query alert", CPU, {"thresholds": {"critical": 91}}, "Alert threshold (91.0) does not match"),
        ("query alert", CPU, {"thresholds": {"warning": 80}}, "Alert status is required."),
        (
            "query alert",
            CPU,
            {"thresholds": {"critical": 90, "warning": 95}},
            "Warning threshold (95.0) must",
        ),
        ("query alert", CPU, {"new_group_delay": 60}, "The new_group_delay option"),
        ("query alert", "avg:m{*} > 90", {}, "The value provided for parameter 'query' is invalid"),
        ("query alert", "avg(last_5m):avg:m{* > 90", {}, "The value provided for parameter 'query'"),
        ("query alert", "avg(last_5m):avg:m{a:b AND !c:d} > 90", {}, "Error parsing query: 'AND' and 'OR'"),
        ("composite", "1 && 3", {}, "Some monitor IDs are invalid"),
        ("service check", '"a".over("*").last(2).count_by_status()', {}, "A grouping must be specified"),
    ],
)
def test_a_monitor_is_refused_with_the_text_of_datadog(
    type: str, query: str, options: dict[str, Any], text: str
) -> None:
    (answer,) = refusals({"type": type, "query": query, "options": options}, {"1", "2"})
    assert answer.startswith(text)


@pytest.mark.parametrize(
    ("type", "query", "options"),
    [
        ("query alert", CPU, {"thresholds": {"critical": 90.0, "warning": 80}}),
        ("query alert", "avg(last_5m):avg:m{a:b AND c IN (d,e)} by {x} > 1", {"new_group_delay": 60}),
        ("metric alert", 'formula("a").rollup("sum").last("5m") > 1', {}),
        ("composite", "1 && !2", {}),
    ],
)
def test_a_sound_monitor_is_taken(type: str, query: str, options: dict[str, Any]) -> None:
    assert refusals({"type": type, "query": query, "options": options}, {"1", "2"}) == []


def test_recorded_refusals_are_the_same(corpus: Path) -> None:
    file = corpus / "queries" / "monitor_options_invalid.jsonl"
    if not file.is_file():
        pytest.skip("this corpus has no option sets")
    vectors = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    known = [
        vector
        for vector in vectors
        if vector["error"] and vector["query"] and not vector.get("disputed") and vector.get("offline", True)
    ]
    missed = [vector["error"] for vector in known if vector["error"] not in refusals(vector, ())]
    assert missed == []
