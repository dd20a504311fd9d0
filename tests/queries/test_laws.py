"""What is printed parses to the same tree; whatever is written is read or refused at a place in the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ddconf.queries import QueryError, parse_formula, parse_metric_queries, parse_monitor_query
from ddconf.queries.composites import CompositeReader
from ddconf.queries.expressions import FormulaReader, MetricReader
from ddconf.queries.printer import print_condition, print_expression
from ddconf.queries.sources import MONITOR_TYPES
from ddconf.queries.tree import nodes
from tests.queries.trees import CONDITIONS, FORMULAS, METRIC_QUERIES

PIECES = st.sampled_from(
    (
        *("avg", "sum", "p95", ":", "system.load.1", "{", "}", "*", "env:prod", "!", ",", "AND", "OR", "NOT"),
        *("IN", "(", ")", " by ", "{host}", ".rollup(", ".as_count()", "60", "+", "-", "/", ">", ">=", "5"),
        *("'basic'", '"', "avg(last_5m):", 'logs("', '")', '.last("5m")', '.rollup("count")', "&&", "||"),
        *("$x", "query1", 'formula("', "top(", "count(v: v>0):", "burn_rate(", "no_query", "last_", ".", "="),
        *("\\", "${a.b.id}", "1e999", "\n", "é"),
    )
)
TEXTS = st.one_of(st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=12).map("".join))


@given(METRIC_QUERIES)
def test_a_metric_query_survives_printing(tree):
    text = print_expression(tree)
    reader = MetricReader(text)
    assert reader.expression() == tree, text
    reader.end("the end")


@given(FORMULAS)
def test_a_formula_survives_printing(tree):
    text = print_expression(tree)
    reader = FormulaReader(text)
    assert reader.expression() == tree, text
    reader.end("the end")


@given(CONDITIONS)
def test_a_composite_survives_printing(tree):
    assert CompositeReader(print_condition(tree)).query("composite").condition == tree


@given(TEXTS)
def test_every_text_is_read_or_refused_at_a_place(text):
    readers = [parse_metric_queries, parse_formula]
    readers += [lambda text, type=type: parse_monitor_query(text, type) for type in MONITOR_TYPES]
    for read in readers:
        try:
            read(text)
        except QueryError as error:
            assert error.text == text
            assert 0 <= error.offset <= len(text)
            assert error.length >= 1


@given(METRIC_QUERIES)
def test_a_span_holds_the_text_of_its_node(tree):
    text = print_expression(tree)
    read = MetricReader(text).expression()
    for node in nodes(read):
        start, end = node.span
        assert 0 <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
