"""Datadog's query languages offline: metrics, formulas, monitors of every type.

Pure: from text to trees and back, mistakes as QueryError with their place. No query is computed here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import lru_cache

from ddconf.pipelines.query import QueryError
from ddconf.queries.checks import expression_mistakes, unknown_names
from ddconf.queries.expressions import FormulaReader, MetricReader
from ddconf.queries.monitor_checks import monitor_mistakes
from ddconf.queries.monitor_reader import read_monitor_query
from ddconf.queries.monitors import MonitorQuery
from ddconf.queries.tree import Expression

__all__ = [
    "QueryError",
    "parse_formula",
    "parse_metric_queries",
    "parse_metric_query",
    "parse_monitor_query",
]


@lru_cache(maxsize=4096)
def parse_metric_query(text: str) -> Expression:
    """`avg:system.load.1{*} by {host}`, with arithmetic and functions. Raises QueryError."""
    reader = MetricReader(text)
    tree = reader.expression()
    reader.end("an operator is missing here")
    _raise_first(expression_mistakes(text, tree))
    return tree


@lru_cache(maxsize=4096)
def parse_metric_queries(text: str) -> tuple[Expression, ...]:
    """The `q` of a widget: one query, or several with commas between. Raises QueryError."""
    reader = MetricReader(text)
    trees = reader.expressions()
    reader.end("an operator or a comma is missing here")
    for tree in trees:
        _raise_first(expression_mistakes(text, tree))
    return trees


def parse_formula(text: str, names: Collection[str] | None = None) -> Expression:
    """`query1 / query2 * 100`; `names` are those of the queries, None if any will do. Raises QueryError."""
    tree = _formula(text)
    if names is not None:
        _raise_first(unknown_names(text, tree, frozenset(names)))
    return tree


@lru_cache(maxsize=4096)
def parse_monitor_query(text: str, type: str) -> MonitorQuery:
    """The query of a monitor of a type, such as `query alert`. Raises QueryError."""
    tree = read_monitor_query(text, type)
    _raise_first(monitor_mistakes(text, type, tree))
    return tree


@lru_cache(maxsize=4096)
def _formula(text: str) -> Expression:
    reader = FormulaReader(text)
    tree = reader.expression()
    reader.end("an operator is missing here", "formulas have + - * /")
    _raise_first(expression_mistakes(text, tree))
    return tree


def _raise_first(mistakes: Iterator[QueryError]) -> None:
    for mistake in mistakes:
        raise mistake
