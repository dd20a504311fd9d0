"""Template variables in queries."""

from __future__ import annotations

import pytest

from ddconf.analytics.variables import TemplateVariable, fill, variables_of
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import parse_query

HOST = TemplateVariable("host", "@syslog.host", ("lb1",))


@pytest.mark.parametrize(
    ("variable", "query", "filled"),
    [
        (HOST, "source:haproxy $host", "source:haproxy @syslog.host:lb1"),
        (HOST, "host:$host.value x", "host:lb1 x"),
        (HOST, "$hostname $5 a$", "$hostname $5 a$"),
        (TemplateVariable("host", "host"), "a $host b", "a * b"),
        (TemplateVariable("host", "host"), "x:$host.value", "x:*"),
        (TemplateVariable("host", None, ("a b",)), "$host", '"a b"'),
        (TemplateVariable("env", "env", ("a", "b*")), "$env", "env:(a OR b*)"),
        (TemplateVariable("q", "@q", ('" OR *',)), "$q", '@q:"\\" OR *"'),
    ],
)
def test_a_variable_is_replaced_by_its_facet_and_value(
    variable: TemplateVariable, query: str, filled: str
) -> None:
    assert fill(query, [variable]) == filled


def test_the_longest_name_is_meant() -> None:
    variables = [TemplateVariable("a", "a", ("1",)), TemplateVariable("a-b", "b", ("2",))]
    assert fill("$a-b $a", variables) == "b:2 a:1"


def test_a_hostile_value_is_a_value_and_no_query() -> None:
    query = parse_query(fill("$user", [TemplateVariable("user", "@user", ("x) OR (*",))]))
    assert not query.matches(Log(attributes={"user": "x"}))
    assert query.matches(Log(attributes={"user": "x) OR (*"}))


def test_what_is_chosen_comes_before_the_defaults() -> None:
    dashboard = {
        "template_variables": [
            {"name": "a", "prefix": "a", "defaults": ["1", "2"]},
            {"name": "b", "default": "old"},
            {"name": "c", "prefix": "c"},
        ]
    }
    assert variables_of(dashboard, {"a": ["3"]}) == [
        TemplateVariable("a", "a", ("3",)),
        TemplateVariable("b", None, ("old",)),
        TemplateVariable("c", "c", ("*",)),
    ]
