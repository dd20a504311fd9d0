"""The values of a metric monitor's groups, evaluation by evaluation."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ddconf.alerting.groups import Group
from ddconf.alerting.machine import Reading
from ddconf.alerting.metrics.aggregate import AGGREGATES
from ddconf.alerting.metrics.evaluate import Evaluation, QueryInputs
from ddconf.alerting.metrics.frame import Grid, MetricFrame, Row, join, join_groups
from ddconf.alerting.metrics.samples import Samples, resolution
from ddconf.alerting.metrics.sharing import can_share, lookback
from ddconf.alerting.metrics.time import TimeAggregation
from ddconf.alerting.uncomputable import MODELS, Uncomputable
from ddconf.alerting.windows import EvaluationWindow, Span, bucket, is_full
from ddconf.queries.monitors import ChangeMeasure
from ddconf.queries.tree import Arithmetic, Expression, FormulaCall, MethodChain, Name, Series, calls, nodes

_CHANGES: dict[str, Callable[[float, float], float]] = {
    "change": lambda now, before: now - before,
    "pct_change": lambda now, before: (now - before) / before * 100,
}


@dataclass(frozen=True, slots=True)
class MetricQuestion:
    """What a metric monitor asks: the expression, and how its window becomes one value."""

    expression: Expression
    aggregator: str
    window: EvaluationWindow
    change: ChangeMeasure | None = None
    full_window: bool = False
    interval: float | None = None
    """Seconds of a bucket, where neither the query nor the default is to say."""


class MetricSource:
    """Reads the windows of one monitor. Raises Uncomputable when it is made."""

    def __init__(self, question: MetricQuestion, material: QueryInputs, run: Span, step: float) -> None:
        """`run` are the first and the last evaluation, `step` the seconds between two."""
        self.question = question
        self.material = material
        self._refuse_models(question.expression)
        self._leaves = material.leaves(question.expression)
        self._selections = [material.selection(leaf) for leaf in self._leaves]
        self._interval = self._find_interval()
        self._presence: dict[Group, list[Samples]] = {}
        self._terms: dict[int, Mapping[Group, Row]] = {}
        self._shared = self._share(run, step)

    def read(self, at: float) -> dict[Group, Reading]:
        start, end = self.question.window.span(at)
        frame = self._shared or self._frame(start, end)
        low, high = frame.grid.index(start), frame.grid.index(end)
        if self._totals_first:
            values = self._totals(frame.grid, low, high, end)
        else:
            reduce = AGGREGATES[self.question.aggregator]
            values = {group: _reduced(reduce, row[low:high]) for group, row in frame.rows.items()}
        found: dict[Group, Reading] = {}
        for group, value in values.items():
            if (value is None or self._fills_zeros) and not self._has_any(group, start, end):
                continue
            if self.question.full_window and not self._is_full(group, start, end):
                value = None
            found[group] = value
        return found

    def last_point(self, group: Group, at: float) -> float:
        """The time of the last sample that counts by then; minus infinity if there is none."""
        end = at - self.question.window.delay
        return max((samples.last(end) for samples in self._members(group)), default=float("-inf"))

    def _refuse_models(self, expression: Expression) -> None:
        for call in calls(expression):
            if call.function in MODELS:
                raise Uncomputable(f"{call.function}()")
        for node in nodes(expression):
            if isinstance(node, Name):
                self._refuse_models(self.material.query(node.name))

    def _find_interval(self) -> float:
        """What the query says; else the buckets of the window, or those of the samples if they are longer."""
        asked = [TimeAggregation.read(leaf).interval for leaf in self._leaves]
        if any(asked):
            return max(interval for interval in asked if interval)
        samples = (item for chosen in self._selections for group in chosen.groups.values() for item in group)
        usual = self.question.interval or bucket(self.question.window.window)
        return max(usual, resolution(item for item in samples if item.answers is None))

    @cached_property
    def _totals_first(self) -> bool:
        """With `as_count`, every term is summed over the window before it is divided by another.

        https://docs.datadoghq.com/monitors/guide/as-count-in-monitor-evaluations/
        """
        return (
            self.question.aggregator == "sum"
            and any(leaf.method("as_count") for leaf in self._leaves)
            and any(isinstance(node, Arithmetic) for node in nodes(self.question.expression))
        )

    @cached_property
    def _fills_zeros(self) -> bool:
        """Are there values where no sample is? They do not count where there is none in the whole window."""
        return any(call.function == "default_zero" for call in calls(self.question.expression)) or any(
            (fill := TimeAggregation.read(leaf).fill) is not None
            and fill.method not in ("last", "linear", "null")
            for leaf in self._leaves
        )

    def _share(self, run: Span, step: float) -> MetricFrame | None:
        """One computation for all windows, where none of them would come out differently on its own."""
        (start, end), interval = run, self._interval
        ends = self.question.window.span(start)[1]
        if (
            step % interval
            or ends % interval
            or not can_share(self.question.expression, self._selections, interval)
        ):
            return None
        return self._frame(self.question.window.span(start)[0], self.question.window.span(end)[1])

    def _frame(self, start: float, end: float) -> MetricFrame:
        before = start - lookback(self.question.expression, self._interval)
        grid = Grid.over(before, end, self._interval)
        if not self._totals_first:
            return self._changed(Evaluation(self.material, grid, end))
        return MetricFrame(grid, {})

    def _changed(self, evaluation: Evaluation) -> MetricFrame:
        frame = evaluation.frame(self.question.expression)
        if self.question.change is None:
            return frame
        ago = self.question.change.ago.seconds
        before = replace(evaluation, grid=evaluation.grid.shifted(-ago), until=evaluation.until - ago)
        then = MetricFrame(frame.grid, before.frame(self.question.expression).rows)
        return join(frame, then, _CHANGES[self.question.change.function])

    def _totals(self, grid: Grid, low: int, high: int, until: float) -> dict[Group, float | None]:
        window = Grid(0, 1, 1)

        def summed(term: Expression) -> MetricFrame | None:
            if not isinstance(term, Series | FormulaCall | MethodChain | Name):
                return None
            rows = self._term(term, grid, until)
            return MetricFrame(window, {group: [_sum(row[low:high])] for group, row in rows.items()})

        whole = Evaluation(self.material, window, until, known=summed).frame(self.question.expression)
        return {group: row[0] for group, row in whole.rows.items()}

    def _term(self, term: Expression, grid: Grid, until: float) -> Mapping[Group, Row]:
        """One term of a division; kept where all windows share the computation."""
        if self._shared is None:
            return Evaluation(self.material, grid, until).frame(term).rows
        if id(term) not in self._terms:
            self._terms[id(term)] = Evaluation(self.material, grid, grid.end).frame(term).rows
        return self._terms[id(term)]

    def _members(self, group: Group) -> Sequence[Samples]:
        """The series that a group is made of."""
        if group not in self._presence:
            self._presence[group] = [
                samples
                for selection in self._selections
                for other, members in selection.groups.items()
                if join_groups(group, other) is not None
                for samples in members
            ]
        return self._presence[group]

    def _has_any(self, group: Group, start: float, end: float) -> bool:
        return any(_holds(samples, start, end) for samples in self._members(group))

    def _is_full(self, group: Group, start: float, end: float) -> bool:
        length = bucket(self.question.window.window)
        edges = _steps(start, end, length)
        members = self._members(group)
        return is_full([any(_holds(item, edge, edge + length) for item in members) for edge in edges])


def _steps(start: float, end: float, length: float) -> Iterable[float]:
    while start < end:
        yield start
        start += length


def _holds(samples: Samples, start: float, end: float) -> bool:
    return bisect_left(samples.times, start) < bisect_left(samples.times, end)


def _reduced(reduce: Callable[[Sequence[float]], float], row: Row) -> float | None:
    """Over the buckets that have a value."""
    values = [value for value in row if value is not None]
    return reduce(values) if values else None


def _sum(row: Row) -> float:
    return sum(value for value in row if value is not None)
