"""What lint reads out of monitors, searches and pipelines."""

from __future__ import annotations

import pytest

from ddconf.address import Address
from ddconf.document import Document
from ddconf.lint.facts import Facts
from ddconf.lint.log_monitors import monitor_calls
from ddconf.lint.scope import meets, scope_of


def test_a_log_monitor_is_its_search_and_methods() -> None:
    query = (
        'logs("source:a @b:\\"c d\\"").index("x", "y").rollup("pc95", "@w").by("@g,host").last("5m") >= 1.5'
    )
    (call,) = monitor_calls(query)
    assert call.search == 'source:a @b:"c d"'
    assert query[call.start :].startswith(call.written)
    assert [name for name, _ in (*call.indexes, *call.measures, *call.groups)] == [
        "x",
        "y",
        "@w",
        "@g",
        "host",
    ]
    for name, start in (*call.indexes, *call.measures, *call.groups):
        assert query[start:].startswith(name)
    assert call.aggregation == "pc95"


def test_each_search_of_a_monitor_has_its_own_methods() -> None:
    first, second = monitor_calls('logs("a").rollup("count").by("@x") / logs("b").rollup("sum", "@y")')
    assert (first.aggregation, first.groups[0][0], second.aggregation, second.groups) == (
        "count",
        "@x",
        "sum",
        (),
    )


@pytest.mark.parametrize(
    ("one", "other", "common"),
    [
        ("source:a", "source:a @x:1", True),
        ("source:a", "source:b", False),
        ("source:a", "source:(b OR a)", True),
        ("source:a service:x", "service:y", False),
        ("source:a", "service:y", True),
        ("source:a", "-source:a", True),
        ("*", "source:a", True),
        ("source:a OR service:x", "source:b", True),
    ],
)
def test_scopes_meet_where_a_log_can_be_in_both(one: str, other: str, common: bool) -> None:
    assert meets(scope_of(one), scope_of(other)) is common
    assert meets(scope_of(other), scope_of(one)) is common


def types(*processors: Document) -> Facts:
    enabled = [{"name": "", "is_enabled": True, **processor} for processor in processors]
    pipeline = {"name": "a", "is_enabled": True, "filter": {"query": "*"}, "processors": enabled}
    return Facts({Address("logs_custom_pipeline", "a"): pipeline})


def test_the_types_of_attributes_come_from_matchers_casts_and_processors() -> None:
    rules = 'r %{integer:i} %{number:d} %{word:s} %{integer:x:scale(2)} %{date("yyyy"):t}'
    facts = types(
        {"type": "grok-parser", "source": "message", "grok": {"match_rules": rules}},
        {"type": "attribute-remapper", "sources": ["i"], "target": "lent"},
        {"type": "attribute-remapper", "sources": ["i"], "target": "cast", "target_format": "string"},
        {"type": "arithmetic-processor", "expression": "i / d", "target": "ratio"},
        {"type": "geo-ip-parser", "sources": ["s"], "target": "place"},
        {"type": "attribute-remapper", "sources": ["from_json"], "target": "open"},
    )
    known = {
        "i": "integer",
        "d": "double",
        "s": "string",
        "x": "double",
        "lent": "integer",
        "cast": "string",
        "ratio": "double",
        "place.country.name": "string",
    }
    assert {name: set(facts.types(name)) for name in known} == {
        name: {type_} for name, type_ in known.items()
    }
    assert facts.types("open") == facts.types("t") == frozenset()


def test_attributes_that_lend_each_other_their_type_end() -> None:
    facts = types(
        {"type": "attribute-remapper", "sources": ["b"], "target": "a"},
        {"type": "attribute-remapper", "sources": ["a"], "target": "b"},
    )
    assert facts.types("a") == frozenset()
