"""What the queries of monitors say: trees of all their types.

https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor
"""

from __future__ import annotations

from dataclasses import dataclass

from ddconf.queries.tree import Argument, Expression, Method, Number, Span, Text, Word, somewhere
from ddconf.queries.windows import Duration, Window, duration


@dataclass(frozen=True, slots=True)
class Comparison:
    """`> 90`; the threshold is None where the text says `threshold`: then the options have a query for it."""

    comparator: str
    threshold: float | None
    span: Span = somewhere()
    threshold_span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class ChangeMeasure:
    """`pct_change(..., last_1h)`: measured against the values of `ago`; written `last_1h` or `1h_ago`."""

    function: str
    ago: Duration
    written: str


@dataclass(frozen=True, slots=True)
class MetricAlert:
    """`avg(last_5m):avg:system.load.1{*} by {host} > 4`."""

    aggregator: str
    window: Window
    change: ChangeMeasure | None
    expression: Expression
    comparison: Comparison
    window_span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class Chain:
    """Methods one after the other; the argument of `.last("5m")` is what `text("last")` gives."""

    methods: tuple[Method, ...]

    def method(self, name: str) -> Method | None:
        return next((method for method in self.methods if method.name == name), None)

    def texts(self, name: str) -> tuple[str, ...]:
        """The arguments of a method as they are written, without quotes."""
        method = self.method(name)
        return tuple(argument_text(item) for item in method.arguments) if method else ()

    def text(self, name: str) -> str | None:
        return next(iter(self.texts(name)), None)

    @property
    def window(self) -> Duration | None:
        """What `.last("5m")` says."""
        return duration(self.text("last") or "")

    @property
    def groups(self) -> tuple[str, ...]:
        """What `.by("host,@code")` or `.by("host","env")` says."""
        names = (name.strip() for text in self.texts("by") for name in text.split(","))
        return tuple(name for name in names if name)


@dataclass(frozen=True, slots=True)
class EventAlert(Chain):
    """`logs("status:error").index("*").rollup("count").by("host").last("5m") > 10`, and all like it."""

    source: str
    search: Text
    comparison: Comparison

    @property
    def aggregation(self) -> str:
        return self.text("rollup") or "count"

    @property
    def measure(self) -> str | None:
        """The facet or measure that is aggregated; None for a count."""
        return next(iter(self.texts("rollup")[1:]), None)

    @property
    def indexes(self) -> tuple[str, ...]:
        return self.texts("index")


@dataclass(frozen=True, slots=True)
class FormulaAlert(Chain):
    """`formula("query1 / query2").last("15m") > 0.8`; the queries stand in `options.variables`."""

    formula: Text
    expression: Expression
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class ServiceCheck(Chain):
    """`"process.up".over("role:web").by("host").last(3).count_by_status()`."""

    check: Text
    comparison: Comparison | None

    @property
    def runs(self) -> int:
        """The n of `.last(n)`."""
        return int(self.text("last") or 1)


@dataclass(frozen=True, slots=True)
class SloAlert(Chain):
    """`burn_rate("id").over("30d").long_window("1h").short_window("5m") > 14.4`, or `error_budget(...)`."""

    measure: str
    slo: Text
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class ComponentMonitor:
    """A monitor in a composite: its id, or the reference `${monitor.x.id}` that stands for it."""

    id: str
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class Negation:
    condition: Condition
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class Both:
    """`a && b`."""

    left: Condition
    right: Condition
    span: Span = somewhere()


@dataclass(frozen=True, slots=True)
class Either:
    """`a || b`."""

    left: Condition
    right: Condition
    span: Span = somewhere()


Condition = ComponentMonitor | Negation | Both | Either


@dataclass(frozen=True, slots=True)
class Composite:
    condition: Condition

    @property
    def parts(self) -> tuple[ComponentMonitor, ...]:
        """The monitors, in order, as often as they stand there."""
        return tuple(_parts(self.condition))


@dataclass(frozen=True, slots=True)
class NoQuery:
    """`no_query`, of monitors that a Synthetic test made."""


MonitorQuery = MetricAlert | EventAlert | FormulaAlert | ServiceCheck | SloAlert | Composite | NoQuery


def argument_text(argument: Argument) -> str:
    """An argument of a method as it is written, without quotes."""
    match argument:
        case Text(value) | Word(value):
            return value
        case Number(value):
            return str(int(value)) if value == int(value) else str(value)
    return ""


def _parts(condition: Condition) -> list[ComponentMonitor]:
    match condition:
        case ComponentMonitor():
            return [condition]
        case Negation(inner):
            return _parts(inner)
        case Both(left, right) | Either(left, right):
            return _parts(left) + _parts(right)
