"""What a change of a query changes: window, threshold, scope, groups, function, one part at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.pipelines.query import QueryError
from ddconf.queries import parse_formula, parse_metric_queries
from ddconf.queries.monitor_reader import read_monitor_query
from ddconf.queries.monitors import (
    Chain,
    EventAlert,
    FormulaAlert,
    MetricAlert,
    MonitorQuery,
    ServiceCheck,
    SloAlert,
)
from ddconf.queries.printer import print_comparison, print_expression, print_scope
from ddconf.queries.sources import MONITOR_TYPES
from ddconf.queries.tree import Argument, Arithmetic, FormulaCall, Method, MethodChain, Negative, Series

_NAMES = {"last": "window", "by": "groups", "rollup": "rollup", "over": "scope", "index": "index"}
"""Methods by what they are for people; others by themselves."""


@dataclass(frozen=True, slots=True)
class PartChange:
    """One part; empty where the query does not have it before or after."""

    part: str
    before: str
    after: str


def query_changes(before: str, after: str) -> tuple[PartChange, ...]:
    """The parts in which two queries differ; nothing for texts that are not both queries of one kind."""
    for type in ("query alert", *MONITOR_TYPES):
        try:
            old, new = read_monitor_query(before, type), read_monitor_query(after, type)
        except QueryError:
            continue
        return tuple(_monitor(old, new))
    for read in (parse_metric_queries, lambda text: (parse_formula(text),)):
        try:
            lists = read(before), read(after)
        except QueryError:
            continue
        pairs = zip(*lists, strict=True) if len(lists[0]) == len(lists[1]) else ()
        return tuple(change for old_tree, new_tree in pairs for change in _expression(old_tree, new_tree))
    return ()


def _monitor(before: MonitorQuery, after: MonitorQuery) -> Iterator[PartChange]:
    if isinstance(before, MetricAlert) and isinstance(after, MetricAlert):
        yield from _part("window", _window(before), _window(after))
        yield from _expression(before.expression, after.expression)
    elif isinstance(before, EventAlert) and isinstance(after, EventAlert):
        yield from _part("search", before.search.value, after.search.value)
    elif isinstance(before, FormulaAlert) and isinstance(after, FormulaAlert):
        yield from _expression(before.expression, after.expression)
    elif isinstance(before, ServiceCheck) and isinstance(after, ServiceCheck):
        yield from _part("check", before.check.value, after.check.value)
    elif isinstance(before, SloAlert) and isinstance(after, SloAlert):
        yield from _part("measure", before.measure, after.measure)
        yield from _part("objective", before.slo.value, after.slo.value)
    if isinstance(before, Chain) and isinstance(after, Chain):
        names = dict.fromkeys(method.name for method in (*before.methods, *after.methods))
        for name in names:
            yield from _part(_NAMES.get(name, name), _texts(before, name), _texts(after, name))
    yield from _part("threshold", _threshold(before), _threshold(after))


def _window(query: MetricAlert) -> str:
    inner = f"{query.aggregator}({query.window})"
    return f"{query.change.function}({inner}, {query.change.written})" if query.change else inner


def _texts(chain: Chain, name: str) -> str:
    return ", ".join(chain.texts(name))


def _threshold(query: MonitorQuery) -> str:
    comparison = getattr(query, "comparison", None)
    return print_comparison(comparison) if comparison else ""


def _expression(before: Argument, after: Argument) -> Iterator[PartChange]:
    """The parts below two expressions, as long as their shapes are the same."""
    match before, after:
        case Series(), Series():
            yield from _series(before, after)
        case Arithmetic(), Arithmetic() if before.operator == after.operator:
            yield from _expression(before.left, after.left)
            yield from _expression(before.right, after.right)
        case FormulaCall(), FormulaCall() if len(before.arguments) == len(after.arguments):
            yield from _part("function", before.function, after.function)
            for old, new in zip(before.arguments, after.arguments, strict=True):
                yield from _expression(old, new)
            yield from _methods("", before.methods, after.methods)
        case Negative(old), Negative(new):
            yield from _expression(old, new)
        case MethodChain(old), MethodChain(new):
            yield from _expression(old, new)
            yield from _methods("", before.methods, after.methods)
        case _, FormulaCall(function, (inner, *_)) if inner == before:
            yield PartChange("function", "", function)
        case FormulaCall(function, (inner, *_)), _ if inner == after:
            yield PartChange("function", function, "")
        case _ if before != after:
            yield PartChange("expression", print_expression(before), print_expression(after))


def _series(before: Series, after: Series) -> Iterator[PartChange]:
    of = f" of {after.metric}"
    yield from _part("metric", before.metric, after.metric)
    yield from _part(f"aggregator{of}", before.aggregator or "avg", after.aggregator or "avg")
    yield from _part(f"scope{of}", print_scope(before.scope), print_scope(after.scope))
    yield from _part(f"groups{of}", _groups(before), _groups(after))
    if before.counted != after.counted:
        yield PartChange("expression", print_expression(before), print_expression(after))
    yield from _methods(of, before.methods, after.methods)


def _groups(series: Series) -> str:
    return ", ".join(tag.text for tag in series.by)


def _methods(of: str, before: tuple[Method, ...], after: tuple[Method, ...]) -> Iterator[PartChange]:
    old, new = ({method.name: method for method in methods} for methods in (before, after))
    for name in dict.fromkeys((*old, *new)):
        yield from _part(f"{name}{of}", _called(old.get(name)), _called(new.get(name)))


def _called(method: Method | None) -> str:
    if method is None:
        return ""
    return f".{method.name}({', '.join(print_expression(argument) for argument in method.arguments)})"


def _part(name: str, before: str, after: str) -> Iterator[PartChange]:
    if before != after:
        yield PartChange(name, before, after)
