"""Pipelines that cannot take a log are passed over, and nothing comes out otherwise for that."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.pipelines import Log, compile_pipelines, parse_query
from ddconf.pipelines.filter_index import one_of

NAMES = st.sampled_from(["a", "b", "c"])
TERM = st.builds("{}:{}".format, st.sampled_from(["source", "service", "-source", "@x", "env"]), NAMES)
FILTER = st.recursive(
    TERM | st.just("*") | st.builds("source:({} OR {})".format, NAMES, NAMES),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from(["AND", "OR"]), inner),
    max_leaves=4,
)
PROCESSOR = st.sampled_from(
    [
        {"type": "service-remapper", "sources": ["x"]},
        {"type": "attribute-remapper", "sources": ["x"], "target": "source", "target_type": "tag"},
        {
            "type": "attribute-remapper",
            "sources": ["source"],
            "source_type": "tag",
            "target": "y",
        },
        {"type": "string-builder-processor", "template": "b", "target": "x"},
    ]
)


def pipeline(number: int, query: str, processor: dict[str, Any]) -> dict[str, Any]:
    marker = {"type": "string-builder-processor", "template": "yes", "target": f"took{number}"}
    return {
        "is_enabled": True,
        "filter": {"query": query},
        "processors": [{"is_enabled": True, **item} for item in (processor, marker)],
    }


@given(
    st.lists(st.tuples(FILTER, PROCESSOR), max_size=5),
    NAMES | st.none(),
    NAMES | st.none(),
    st.lists(st.builds("{}:{}".format, st.sampled_from(["source", "service", "env"]), NAMES), max_size=2),
)
def test_a_log_goes_through_the_same_pipelines_with_and_without_the_index(
    pipelines: list[tuple[str, dict[str, Any]]], source: str | None, service: str | None, tags: list[str]
) -> None:
    compiled = compile_pipelines(pipeline(at, *item) for at, item in enumerate(pipelines))
    log = Log("", {"x": "a"}, tuple(tags), source=source, service=service)
    traced, quick = compiled.run(log), compiled.run(log, trace=False)
    assert quick.log == traced.log
    assert quick.taken == traced.taken


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("source:a", {("source", "a")}),
        ("@x:1 source:(a OR b)", {("source", "a"), ("source", "b")}),
        ("source:a OR service:b", {("source", "a"), ("service", "b")}),
        ("source:a OR @x:1", None),
        ("-source:a", None),
        ("source:a*", None),
        ("*", None),
    ],
)
def test_a_filter_asks_for_one_of_some_sources_and_services(
    query: str, asked: set[tuple[str, str]] | None
) -> None:
    assert one_of(parse_query(query).tree) == asked
