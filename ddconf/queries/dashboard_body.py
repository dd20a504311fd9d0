"""What is wrong with the metric queries and formulas of widgets.

https://docs.datadoghq.com/dashboards/widgets/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ddconf.document import Document, Path
from ddconf.pipelines.query import QueryError
from ddconf.queries.monitor_search import search_mistakes
from ddconf.queries.problem import QueryProblem, in_text
from ddconf.queries.variables import formula_problems, metric_problems, name_problems, queries_problems

_NO_METRICS = ("events", "template_variables")
"""Lists whose `q` or `query` is a search."""


def dashboard_problems(document: Document) -> list[QueryProblem]:
    """Everything wrong with the queries of a dashboard, or of anything else that holds widgets."""
    return list(_problems((), document))


def _problems(path: Path, node: Any) -> Iterator[QueryProblem]:
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _problems((*path, index), item)
    elif isinstance(node, dict):
        yield from _own(path, node)
        for key, item in node.items():
            if key not in _NO_METRICS and isinstance(item, dict | list):
                yield from _problems((*path, key), item)


def _own(path: Path, node: Document) -> Iterator[QueryProblem]:
    """What this very node asks."""
    if isinstance(text := node.get("q"), str):
        yield from metric_problems((*path, "q"), text, several=True)
    queries, formulas = node.get("queries"), node.get("formulas")
    if isinstance(queries, list):
        yield from queries_problems((*path, "queries"), queries)
    for index, formula in enumerate(formulas if isinstance(formulas, list) else []):
        text = formula.get("formula") if isinstance(formula, dict) else None
        if isinstance(text, str):
            where: Path = (*path, "formulas", index, "formula")
            yield from formula_problems(where, text)
            for problem in name_problems(where, text, queries if isinstance(queries, list) else []):
                yield replace(
                    problem, warning=True, rule="undefined-query"
                )  # Datadog takes it, and the widget stays empty
    if node.get("type") == "manage_status" and isinstance(text := node.get("query"), str):
        errors: Iterator[QueryError] = search_mistakes(text)
        yield from (in_text((*path, "query"), error) for error in errors)
