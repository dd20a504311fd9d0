"""Samples of DogStatsD added up in steps of ten seconds, as the Agent does, and given out as series.

https://docs.datadoghq.com/developers/dogstatsd/data_aggregation/
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from ddconf.living.intake.dogstatsd import Sample
from ddconf.living.series import Kind, MetricSeries
from ddconf.living.sketch import Sketch

STEP = 10
"""Seconds of a bucket."""
_PERCENTILE = 0.95

_Key = tuple[int, str, str, str, tuple[str, ...]]  # start of the bucket, name, type, host, tags


@dataclass(slots=True)
class _Bucket:
    """What came in one step for one series: numbers with what each of them stands for, texts of a set."""

    values: list[float] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    texts: set[str] = field(default_factory=set)


class StatsdBuckets:
    """All open buckets. Any thread may add and flush."""

    def __init__(self) -> None:
        self._open: dict[_Key, _Bucket] = {}
        self._guard = threading.Lock()

    def add(self, sample: Sample, now: int) -> None:
        moment = sample.timestamp or now
        key = (moment - moment % STEP, sample.name, sample.type, sample.host, sample.tags)
        with self._guard:
            bucket = self._open.setdefault(key, _Bucket())
            if sample.type == "set":
                bucket.texts.update(sample.values)
                return
            bucket.values += map(float, sample.values)
            bucket.weights += [1 / sample.rate] * len(sample.values)

    def flush(self, now: int) -> list[MetricSeries]:
        """The series of all buckets as they are; those whose time is over are forgotten."""
        with self._guard:
            made = [series for key, bucket in self._open.items() for series in _series(key, bucket)]
            self._open = {key: bucket for key, bucket in self._open.items() if key[0] + STEP > now}
        return made


def _series(key: _Key, bucket: _Bucket) -> Iterator[MetricSeries]:
    start, name, type_, host, tags = key

    def series(suffix: str, kind: Kind, value: float | Sketch) -> MetricSeries:
        return MetricSeries(name + suffix, kind, ((start, value),), tags, host, STEP)

    if type_ == "set":
        yield series("", "gauge", float(len(bucket.texts)))
    elif type_ == "gauge":
        yield series("", "gauge", bucket.values[-1])
    elif type_ == "count":
        total = sum(value * weight for value, weight in zip(bucket.values, bucket.weights, strict=True))
        yield series("", "rate", total / STEP)
    elif type_ == "distribution":
        sketch = Sketch()
        for value, weight in zip(bucket.values, bucket.weights, strict=True):
            sketch += Sketch.of([value], max(1, round(weight)))
        yield series("", "distribution", sketch)
    else:
        yield series(".count", "rate", sum(bucket.weights) / STEP)
        for suffix, measure in _HISTOGRAM.items():
            yield series(suffix, "gauge", measure(sorted(bucket.values)))


def _rank(share: float) -> Callable[[list[float]], float]:
    """The Agent's rank: the value below which the share lies, without interpolation."""
    return lambda values: values[max(0, int(share * len(values) + 0.5) - 1)]


_HISTOGRAM: dict[str, Callable[[list[float]], float]] = {
    ".max": max,
    ".avg": lambda values: sum(values) / len(values),
    ".median": _rank(0.5),
    ".95percentile": _rank(_PERCENTILE),
}
