"""Stored series as the samples that metric queries are computed from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ddconf.alerting.metrics.samples import MetricType, Samples
from ddconf.document import JSON
from ddconf.living.sandbox import Sandbox
from ddconf.living.sketch import Sketch, value_of

_MOST_VALUES = 5000
"""Of one point; a sketch of more is thinned out, so that its count and sum come out too low."""


def read_samples(sandbox: Sandbox, names: Iterable[str], start: float, end: float) -> list[Samples]:
    """Every series of these metrics with its points from `start` to before `end`, in seconds."""
    sandbox.flush_statsd()
    found = []
    for name in dict.fromkeys(names):
        stored = sandbox.metrics.series(name)
        for series, points in sandbox.metrics.points(stored, int(start), int(end) + 1):
            if points:
                found.append(
                    Samples(
                        series.name,
                        [moment for moment, _ in points],
                        [_value(value) for _, value in points],
                        series.tags,
                        MetricType(series.kind),
                        series.interval or None,
                    )
                )
    return found


def _value(value: float | Sketch) -> JSON:
    return values_of(value) if isinstance(value, Sketch) else value


def values_of(sketch: Sketch) -> Sequence[float]:
    """Values that have the sketch's least, greatest, sum and, up to a limit, count; the rest within 1 %."""
    if sketch.count <= 2:
        return [sketch.minimum, sketch.maximum][: sketch.count]
    share = min(1.0, _MOST_VALUES / sketch.count)
    middle: list[float] = []
    for key, number in sketch.bins.items():
        value = min(max(value_of(key), sketch.minimum), sketch.maximum)
        middle += [value] * max(1, round(number * share))
    middle = sorted(middle)[1:-1]
    wanted = sketch.sum / sketch.count * (len(middle) + 2) - sketch.minimum - sketch.maximum
    shift = (wanted - sum(middle)) / len(middle) if middle else 0.0
    return [sketch.minimum, *(value + shift for value in middle), sketch.maximum]
