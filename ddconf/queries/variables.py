"""Queries that stand beside a formula: in `options.variables`, in requests of widgets, in SLOs.

https://docs.datadoghq.com/dashboards/guide/how-to-use-formulas/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ddconf.document import Path, get
from ddconf.pipelines.query import QueryError
from ddconf.queries.checks import argument_mistakes, unknown_functions, unknown_names
from ddconf.queries.expressions import FormulaReader, MetricReader
from ddconf.queries.problem import QueryProblem, in_text
from ddconf.queries.tree import Expression, Name, groups, nodes

METRIC_SOURCES = ("metrics", "cloud_cost", "datadog_usage")


def queries_problems(path: Path, queries: Sequence[Any]) -> Iterator[QueryProblem]:
    """What is wrong with metric queries that stand beside a formula."""
    for index, query in enumerate(queries):
        if get(query, ("data_source",), "metrics") in METRIC_SOURCES:
            text = get(query, ("query",))
            if isinstance(text, str):
                yield from metric_problems((*path, index, "query"), text)


def metric_problems(path: Path, text: str, *, several: bool = False) -> Iterator[QueryProblem]:
    """What is wrong with a metric query, or with a list of them."""
    reader = MetricReader(text)
    try:
        trees = reader.expressions() if several else (reader.expression(),)
        reader.end("an operator is missing here")
    except QueryError as error:
        yield in_text(path, error)
        return
    for tree in trees:
        yield from _expression_problems(path, text, tree)


def formula_problems(path: Path, text: str) -> Iterator[QueryProblem]:
    """What is wrong with a formula by itself."""
    reader = FormulaReader(text)
    try:
        tree = reader.expression()
        reader.end("an operator is missing here", "formulas have + - * /")
    except QueryError as error:
        yield in_text(path, error)
        return
    yield from _expression_problems(path, text, tree)


def name_problems(path: Path, text: str, queries: Sequence[Any]) -> Iterator[QueryProblem]:
    """Names in a formula that no query beside it has; nothing for a formula that does not parse."""
    if not all(isinstance(get(query, ("name",)), str) for query in queries):
        return  # Datadog names them itself
    try:
        tree = FormulaReader(text).expression()
    except QueryError:
        return
    yield from (in_text(path, error) for error in unknown_names(text, tree, names_of(queries)))


def _expression_problems(path: Path, text: str, tree: Expression) -> Iterator[QueryProblem]:
    """What is wrong with names and arguments; a function of which nothing is known may be a new one."""
    for error in unknown_functions(text, tree):
        yield replace(in_text(path, error), warning=True)
    yield from (in_text(path, error) for error in argument_mistakes(text, tree))


def names_of(queries: Sequence[Any]) -> frozenset[str]:
    return frozenset(str(name) for query in queries if (name := get(query, ("name",))) is not None)


def names_in(tree: Expression) -> frozenset[str]:
    """The queries of which a formula speaks."""
    return frozenset(node.name for node in nodes(tree) if isinstance(node, Name))


def variable_groups(variables: Any) -> tuple[str, ...] | None:
    """The tags and facets by which queries beside a formula are split; None where that is not known."""
    if not isinstance(variables, list):
        return None
    found: list[str] = []
    for variable in variables:
        found += [str(get(group, ("facet",))) for group in get(variable, ("group_by",), []) or []]
        text = get(variable, ("query",))
        if isinstance(text, str):
            try:
                found += groups(MetricReader(text).expression())
            except QueryError:
                return None
        elif get(variable, ("data_source",)) in METRIC_SOURCES:
            return None
    return tuple(dict.fromkeys(found))
