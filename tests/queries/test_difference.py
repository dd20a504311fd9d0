"""A changed query is told by its parts."""

from __future__ import annotations

import pytest

from ddconf.queries.difference import query_changes


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        (
            "avg(last_5m):avg:m{env:a} by {host} > 90",
            "avg(last_10m):avg:m{env:b} by {host} > 95",
            [
                ("window", "avg(last_5m)", "avg(last_10m)"),
                ("scope of m", "env:a", "env:b"),
                ("threshold", "> 90", "> 95"),
            ],
        ),
        (
            "sum(last_5m):sum:m{*}.as_count() > 1",
            "sum(last_5m):default_zero(sum:m{*}.as_count()) > 1",
            [("function", "", "default_zero")],
        ),
        (
            'logs("a").index("*").rollup("count").by("host").last("5m") > 1',
            'logs("b").index("*").rollup("count").by("host,env").last("1h") >= 1',
            [
                ("search", "a", "b"),
                ("groups", "host", "host,env"),
                ("window", "5m", "1h"),
                ("threshold", "> 1", ">= 1"),
            ],
        ),
        (
            "avg:a{*} / avg:b{*}",
            "max:a{*} / avg:c{*}",
            [("aggregator of a", "avg", "max"), ("metric", "b", "c")],
        ),
        ("avg:a{*}", "avg:a{*}.rollup(sum, 60)", [("rollup of a", "", ".rollup(sum, 60)")]),
        ("query1 * 2", "query1 * 3", [("expression", "2", "3")]),
        ("avg:a{*}", "avg: a { * }", []),
        ("source:web", "source:web @a:1", []),
        ("1 && 2", "no query at all", []),
    ],
)
def test_a_change_is_told_by_its_parts(before, after, parts):
    assert [(change.part, change.before, change.after) for change in query_changes(before, after)] == parts
