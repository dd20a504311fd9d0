"""Series from files, in the forms in which Datadog's API takes them and gives them.

https://docs.datadoghq.com/api/latest/metrics/#submit-metrics
https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-points
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator

from ddconf.alerting.metrics.samples import MetricType, Samples
from ddconf.document import JSON, Document
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.alert_tests.times import LONGEST

_TYPES = {1: MetricType.COUNT, 2: MetricType.RATE, 3: MetricType.GAUGE}
_MILLISECONDS_FROM = 10**11
DAY = 86_400


def read_series(text: str, name: str) -> list[Samples]:
    """One JSON document, or one a line: `{"series": [...]}`, a list of series, or a series.

    Raises DdconfError for what is none of these.
    """
    try:
        found = [_samples(item) for document in _documents(text) for item in _listed(document)]
        _check_span([time for samples in found for time in samples.times])
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        hint = 'one is {"metric": "system.load.1", "tags": ["host:a"], "points": [[1767225600, 0.5]]}'
        raise DdconfError(Diagnostic(f"{name} holds no series of metrics: {error}", hint=hint)) from None
    return found


def _check_span(times: list[float]) -> None:
    if times and max(times) - min(times) > LONGEST:
        days = (max(times) - min(times)) / DAY
        raise ValueError(f"they span {days:,.0f} days, and {LONGEST // DAY} are the most")


def _documents(text: str) -> Iterator[JSON]:
    try:
        yield json.loads(text)
    except ValueError:
        for line in text.splitlines():
            if line.strip():
                yield json.loads(line)


def _listed(document: JSON) -> Iterable[Document]:
    if isinstance(document, dict) and "series" in document:
        return list(document["series"])
    return document if isinstance(document, list) else [document]


def _samples(item: Document) -> Samples:
    points = item["points"] if "points" in item else item["pointlist"]
    pairs = sorted((time, value) for time, value in map(_point, points) if value is not None)
    tags = [*(item.get("tags") or item.get("tag_set") or ())]
    if item.get("host"):
        tags.append(f"host:{item['host']}")
    tags += [f"{resource['type']}:{resource['name']}" for resource in item.get("resources") or ()]
    kind = item.get("type") or 3
    metric_type = _TYPES[kind] if isinstance(kind, int) else MetricType(kind)
    return Samples(
        str(item["metric"]),
        [time for time, _ in pairs],
        [value for _, value in pairs],
        tuple(dict.fromkeys(tags)),
        metric_type,
        item.get("interval") or None,
    )


def _point(point: JSON) -> tuple[float, JSON]:
    """`[time, value]` or `{"timestamp", "value"}`; times in seconds or milliseconds."""
    time, value = (point["timestamp"], point["value"]) if isinstance(point, dict) else point
    if not math.isfinite(time) or (isinstance(value, float) and not math.isfinite(value)):
        raise ValueError(f"{point} is not a finite number at a time")
    return (time / 1000 if time >= _MILLISECONDS_FROM else float(time)), value
