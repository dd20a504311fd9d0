"""Metric queries and formulas: their trees, and what is refused where."""

from __future__ import annotations

import pytest

from ddconf.queries import QueryError, parse_formula, parse_metric_queries, parse_metric_query
from ddconf.queries.tree import (
    Arithmetic,
    Everything,
    FormulaCall,
    In,
    Method,
    Name,
    Negative,
    Number,
    ScopeAnd,
    ScopeNot,
    ScopeOr,
    Series,
    Tag,
    Text,
    Word,
    groups,
)


def test_a_series_has_its_parts():
    assert parse_metric_query("avg:system.load.1{env:prod,!host:a} by {host}.rollup(max, 60)") == Series(
        "avg",
        "system.load.1",
        ScopeAnd((Tag("env:prod"), ScopeNot(Tag("host:a")))),
        (Tag("host"),),
        (Method("rollup", (Word("max"), Number(60))),),
    )


def test_spans_point_into_the_text():
    text = " sum:a.b{x:y} by {host} / 2"
    query = parse_metric_query(text)
    assert isinstance(query, Arithmetic) and isinstance(query.left, Series)
    spans = (query.left.metric_span, query.left.scope.span, query.left.by[0].span, query.right.span)
    assert [text[start:end] for start, end in spans] == ["a.b", "x:y", "host", "2"]


def test_operators_bind_as_usual():
    assert parse_formula("a + b * -c / 2") == Arithmetic(
        "+",
        Name("a"),
        Arithmetic("/", Arithmetic("*", Name("b"), Negative(Name("c"))), Number(2)),
    )


def test_functions_take_texts_in_both_quotes():
    query = parse_metric_query("top(avg:m{*} by {host}, 10, 'mean', \"desc\")")
    assert isinstance(query, FormulaCall)
    assert query.arguments[1:] == (Number(10), Text("mean"), Text("desc"))
    assert groups(query) == ("host",)


@pytest.mark.parametrize(
    ("scope", "tree"),
    [
        ("*", Everything()),
        ("a:1, b:2", ScopeAnd((Tag("a:1"), Tag("b:2")))),
        ("servicename: ec2", Tag("servicename:ec2")),
        ("a:1 OR b:2 and not c:3", ScopeOr((Tag("a:1"), ScopeAnd((Tag("b:2"), ScopeNot(Tag("c:3"))))))),
        ("env IN (a, b) AND x NOT IN (c)", ScopeAnd((In("env", ("a", "b")), In("x", ("c",), True)))),
        ("pod:$pod.value", Tag("pod:$pod.value")),
        ("status:not,order:or", ScopeAnd((Tag("status:not"), Tag("order:or")))),
        ("team:${team.ops.handle}", Tag("team:${team.ops.handle}")),
    ],
)
def test_scopes(scope, tree):
    query = parse_metric_query(f"avg:m{{{scope}}}")
    assert isinstance(query, Series) and query.scope == tree


def test_a_widget_may_list_queries():
    assert len(parse_metric_queries("avg:a{*}, avg:b{*}")) == 2
    with pytest.raises(QueryError):
        parse_metric_query("avg:a{*}, avg:b{*}")


@pytest.mark.parametrize(
    ("text", "message", "marked", "hint"),
    [
        ("avg:m{a:b AND !c:d}", "mixed", "!", "words"),
        ("avg:m{a:b OR c:d,e:f}", "mixed", ",", "words"),
        ("anomalies(avg:m{*}, basic, 2)", "basic has no scope", "basic", "'basic'"),
        ("avg:m{*}.as_counts()", "no such method", "as_counts", "as_count"),
        ("avg:m{*}.rolup(sum, 60)", "no such method", "rolup", "rollup"),
        ("avg:m{*}.fill(previous)", "previous has no scope", "previous", ""),
        ("exclude_nul(avg:m{*})", "no such function", "exclude_nul", "exclude_null"),
        ("ewma_4(avg:m{*})", "no such function", "ewma_4", "ewma_"),
        ("clamp_min(avg:m{*})", "lacks a number", "clamp_min", "clamp_min("),
        ("top(avg:m{*}, 10, 'avg', 'desc')", "wants one of", "'avg'", "'mean'"),
        ("avgg:m{*}", "no such aggregator", "avgg", "avg"),
        ("p100:m{*}", "no such aggregator", "p100", "p99.99"),
        ("avg:m{*", "never closed", "{", "}"),
        ("avg:m{}", "nothing between", "}", "{*}"),
        ("avg:m{*} by {}", "name of a tag", "}", "by {host}"),
        ("avg:m{*}.as_count", "no parentheses", "as_count", ".as_count()"),
        ("avg:m{*} avg:n{*}", "operator is missing", "avg", ""),
        ("", "operand is missing", " ", ""),
        ("avg:m{*} *", "operand is missing", " ", ""),
    ],
)
def test_mistakes_say_where_and_what_to_do(text, message, marked, hint):
    with pytest.raises(QueryError) as raised:
        parse_metric_query(text)
    (diagnostic,) = raised.value.diagnostics
    assert message in diagnostic.message
    assert hint in diagnostic.hint
    start = raised.value.offset
    assert (text + " ")[start : start + raised.value.length] == marked


def test_a_mistake_in_the_second_line_says_so():
    with pytest.raises(QueryError) as raised:
        parse_metric_query("avg:a{*} +\n  avgg:b{*}")
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.source is not None and (diagnostic.source.line, diagnostic.source.column) == (2, 3)
    assert raised.value.snippet == "  avgg:b{*}\n  ^^^^"


def test_names_of_formulas_are_those_of_the_queries():
    assert parse_formula("a / b", ["a", "b", "unused"])
    with pytest.raises(QueryError, match="query2"):
        parse_formula("query1 / qury2", ["query1", "query2"])


@pytest.mark.parametrize("text", ["a > 5", "a ** b", "foo(a)", "(a", "a b", "", "a.rollup(sum, 60)"])
def test_formulas_refused(text):
    with pytest.raises(QueryError):
        parse_formula(text)


def test_very_deep_and_very_long_queries_are_refused_in_time():
    for text in ("(" * 5000 + "a" + ")" * 5000, "-" * 5000 + "a", "a+" * 5000 + "a", "abs(" * 5000):
        with pytest.raises(QueryError, match="more than"):
            parse_formula(text)
