"""What is wrong with the body of a monitor: its query, its options, and whether they fit together.

https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ddconf.document import Document
from ddconf.pipelines.query import QueryError
from ddconf.queries.checks import unknown_names
from ddconf.queries.monitor import MonitorBody, monitor_of
from ddconf.queries.monitor_checks import monitor_mistakes
from ddconf.queries.monitor_reader import read_monitor_query
from ddconf.queries.monitors import FormulaAlert
from ddconf.queries.options import option_problems
from ddconf.queries.problem import QueryProblem, in_text
from ddconf.queries.scheduling import scheduling_problems
from ddconf.queries.sources import MONITOR_TYPES
from ddconf.queries.thresholds import threshold_problems
from ddconf.queries.variables import names_of, queries_problems

_MOST_CI_QUERIES = 2


def monitor_problems(document: Document) -> list[QueryProblem]:
    """Everything wrong with a monitor by itself, in no certain order."""
    return list(_problems(document))


def _problems(document: Document) -> Iterator[QueryProblem]:
    monitor = monitor_of(document)
    if monitor.type not in MONITOR_TYPES:
        yield in_text(("type",), _error(monitor.type, monitor.type), "unknown-monitor-type")
        return
    if monitor.query is None:
        yield in_text(("query",), _error(str(document.get("query", "")), monitor.type))
    else:
        text = str(document["query"])
        for error in monitor_mistakes(text, monitor.type, monitor.query):
            yield in_text(("query",), error)
    yield from _variable_problems(monitor)
    yield from threshold_problems(monitor)
    yield from option_problems(monitor)
    yield from scheduling_problems(monitor)


def _error(text: str, type: str) -> QueryError:
    """The mistake of a text that is known to have one."""
    try:
        read_monitor_query(text, type)
    except QueryError as error:
        return error
    raise ValueError(text)


def _variable_problems(monitor: MonitorBody) -> Iterator[QueryProblem]:
    """Names of a monitor's formula that no variable has, and queries of variables that do not parse."""
    listed = monitor.variables
    yield from queries_problems(("options", "variables"), listed)
    if isinstance(monitor.query, FormulaAlert):
        text, start = monitor.query.formula.value, monitor.query.formula.span[0] + 1
        for error in unknown_names(text, monitor.query.expression, names_of(listed)):
            problem = in_text(("query",), error)
            yield replace(problem, start=start + problem.start)
        if monitor.type.startswith("ci-") and len(listed) > _MOST_CI_QUERIES:
            message = f"a {monitor.type} has at most {_MOST_CI_QUERIES} queries"
            yield QueryProblem(("options", "variables"), message, rule="too-many-groups")
