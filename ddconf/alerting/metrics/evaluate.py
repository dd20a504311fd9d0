"""The tree of a metric query or a formula computed on a grid of buckets."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ddconf.alerting.groups import EVERYTHING
from ddconf.alerting.metrics.aggregate import AGGREGATES, aggregate
from ddconf.alerting.metrics.fill import Fill, bridged
from ddconf.alerting.metrics.frame import Grid, MetricFrame, Row, join
from ddconf.alerting.metrics.functions import find_function
from ddconf.alerting.metrics.samples import MetricType, Samples
from ddconf.alerting.metrics.shifts import SHIFTS, seconds_back
from ddconf.alerting.metrics.space import SeriesSelection
from ddconf.alerting.metrics.time import TimeAggregation
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.queries.tree import (
    Argument,
    Arithmetic,
    Braces,
    Expression,
    FormulaCall,
    Method,
    MethodChain,
    Name,
    NamedArgument,
    Negative,
    Number,
    Series,
    Text,
    Word,
    all_series,
    nodes,
)

_OPERATORS: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


@dataclass(frozen=True, slots=True)
class QueryInputs:
    """What queries are computed from: the series, and the queries that formulas name."""

    series: Sequence[Samples]
    queries: Mapping[str, Expression] = field(default_factory=dict)
    in_monitor: bool = True
    """Monitors leave out groups that lack a tag."""
    _selections: dict[int, tuple[Series, SeriesSelection]] = field(
        default_factory=dict, compare=False, repr=False
    )
    """By the identity of a query, which is kept so that no other one gets it."""

    def selection(self, query: Series) -> SeriesSelection:
        """Each query looks for its series once, however many windows it is computed over."""
        if id(query) not in self._selections:
            found = SeriesSelection.of(query, self.series, leaves_out=self.in_monitor)
            self._selections[id(query)] = (query, found)
        return self._selections[id(query)][1]

    def leaves(self, tree: Argument) -> list[Series]:
        """Every metric of an expression, those of the queries it names among them."""
        found = list(all_series(tree))
        for node in nodes(tree):
            if isinstance(node, Name):
                found += self.leaves(self.query(node.name))
        return found

    def query(self, name: str) -> Expression:
        if name not in self.queries:
            raise Uncomputable(f"the query {name}, which is not defined")
        return self.queries[name]


def _unknown(_tree: Expression) -> MetricFrame | None:
    return None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One computation: samples from `until` on have not come yet."""

    material: QueryInputs
    grid: Grid
    until: float
    is_joined: bool = False
    known: Callable[[Expression], MetricFrame | None] = _unknown
    """What has been computed already, of a query or a part of it."""

    def frame(self, tree: Expression) -> MetricFrame:
        """Raises Uncomputable."""
        if (found := self.known(tree)) is not None:
            return found
        match tree:
            case Number(value):
                return self._constant(value)
            case Name(name):
                return self.frame(self.material.query(name))
            case Series():
                return self._series(tree)
            case Negative(inner):
                return self.frame(inner).each(operator.neg)
            case MethodChain(inner, methods):
                return self._methods(self.frame(inner), methods)
            case Arithmetic(sign, left, right):
                return self._arithmetic(sign, left, right)
            case FormulaCall():
                return self._methods(self._call(tree), tree.methods)
        raise Uncomputable(f"a {type(tree).__name__}")

    def _constant(self, value: float) -> MetricFrame:
        return MetricFrame(self.grid, {EVERYTHING: [value] * self.grid.size})

    def _series(self, query: Series) -> MetricFrame:
        frame = self.material.selection(query).frame(self.grid, self.until, is_joined=self.is_joined)
        if not (self.is_joined and query.method("as_count")):
            return frame
        return frame.map(lambda row: [0 if value is None else value for value in row])

    def _arithmetic(self, sign: str, left: Expression, right: Expression) -> MetricFrame:
        inside = replace(self, is_joined=self.is_joined or (_asks(left) and _asks(right)))
        return join(inside.frame(left), inside.frame(right), _OPERATORS[sign])

    def _call(self, call: FormulaCall) -> MetricFrame:
        first, *rest = call.arguments or (Number(0),)
        arguments = [self._argument(item) for item in rest if not isinstance(item, NamedArgument)]
        if call.function in SHIFTS:
            return self._shifted(first, seconds_back(call.function, arguments, self.grid.end))
        if isinstance(first, Text | Word | NamedArgument | Braces):
            raise Uncomputable(f"{call.function}() of a text")
        if call.function == "default_zero":
            return self._default_zero(first)
        if call.function == "percentile":
            return _over_groups(self.frame(first), str(arguments[0]), rest[1:])
        if call.function == "reduce":
            return _over_time(self.frame(first), str(arguments[0]))
        if call.function == "rollup":
            return _rolled(self.frame(first), *arguments)
        if call.function in ("min", "max") and isinstance(first, Number):
            first, arguments = _swapped(first, rest)
        return find_function(call.function)(self.frame(first), *arguments)

    def _argument(self, argument: Argument) -> Any:
        match argument:
            case Number(value) | Text(value) | Word(value):
                return value
        return None

    def _shifted(self, inner: Argument, seconds: float) -> MetricFrame:
        if isinstance(inner, Text | Word | NamedArgument | Braces):
            raise Uncomputable("a shifted text")
        back = replace(self, grid=self.grid.shifted(-seconds), until=self.until - seconds)
        return MetricFrame(self.grid, back.frame(inner).rows)

    def _default_zero(self, inner: Expression) -> MetricFrame:
        """Zeros where nothing is; gauges are bridged before, counts are not."""
        frame = self.frame(inner)
        if not self._is_counted(inner):
            frame = frame.map(lambda row: bridged(row, self.grid.interval))
        return frame.map(lambda row: [0 if value is None else value for value in row])

    def _is_counted(self, tree: Expression) -> bool:
        return any(
            TimeAggregation.read(query).modifier
            or any(
                samples.type in (MetricType.COUNT, MetricType.RATE)
                for members in self.material.selection(query).groups.values()
                for samples in members
            )
            for query in self.material.leaves(tree)
        )

    def _methods(self, frame: MetricFrame, methods: Sequence[Method]) -> MetricFrame:
        for method in methods:
            arguments = [self._argument(item) for item in method.arguments]
            if method.name == "rollup":
                frame = _rolled(frame, *arguments)
            elif method.name == "fill" and arguments:
                frame = frame.map(_fill_of(arguments, frame.grid.interval))
        return frame


def _asks(tree: Expression) -> bool:
    """Does it ask for data, or is it a constant?"""
    return any(isinstance(node, Series | Name) for node in nodes(tree))


def _swapped(first: Number, rest: Sequence[Argument]) -> tuple[Expression, list[Any]]:
    """`min(100, q)` is `min(q, 100)`."""
    other = rest[0] if rest else first
    if isinstance(other, Text | Word | NamedArgument | Braces):
        raise Uncomputable("the least of a text")
    return other, [first.value]


def _fill_of(arguments: Sequence[Any], interval: float) -> Callable[[Row], Row]:
    fill = Fill(arguments[0], *arguments[1:2])
    return lambda row: fill.row(row, interval)


def _over_time(frame: MetricFrame, by: str) -> MetricFrame:
    """One value over all buckets, in each of them."""
    return frame.map(
        lambda row: [aggregate(_known(by), [value for value in row if value is not None])] * len(row)
    )


def _over_groups(frame: MetricFrame, by: str, kept: Sequence[Argument]) -> MetricFrame:
    """A second aggregation over groups: by the tags in braces, or over all."""
    keys = [tag for item in kept if isinstance(item, Braces) for tag in item.tags if tag != "*"]
    members: dict[Any, list[Row]] = {}
    for group, row in frame.rows.items():
        members.setdefault(tuple(pair for pair in group if pair[0] in keys), []).append(row)
    rows = {
        group: [
            aggregate(_known(by), [value for value in column if value is not None])
            for column in zip(*rows, strict=True)
        ]
        for group, rows in members.items()
    }
    return MetricFrame(frame.grid, rows)


def _rolled(frame: MetricFrame, by: Any = "avg", seconds: Any = None) -> MetricFrame:
    """A second time aggregation: buckets of so many seconds, each of whose parts shows its value."""
    if isinstance(by, int | float):
        by, seconds = "avg", by
    if not isinstance(seconds, int | float):
        return frame
    length = max(1, round(seconds / frame.grid.interval))
    offset = round(frame.grid.start / frame.grid.interval) % length

    def rolled(row: Row) -> Row:
        result: Row = []
        while len(result) < len(row):
            start = len(result)
            end = min(len(row), start + length - (start + offset) % length)
            values = [value for value in row[start:end] if value is not None]
            result += [aggregate(_known(str(by)), values)] + [None] * (end - start - 1)
        return result

    return frame.map(rolled)


def _known(by: str) -> str:
    if by not in AGGREGATES and not by.startswith("p"):
        raise Uncomputable(f"nothing is called {by!r}")
    return by
