"""Metrics as JSON, version 1 and 2, and distributions -> series.

https://docs.datadoghq.com/api/latest/metrics/#submit-metrics
"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.document import JSON, Document
from ddconf.living.series import Kind, MetricSeries, metric_name, metric_tags
from ddconf.living.sketch import Sketch

_BY_NAME: dict[str, Kind] = {"count": "count", "counter": "count", "rate": "rate", "gauge": "gauge"}
_BY_NUMBER: dict[int, Kind] = {1: "count", 2: "rate", 3: "gauge"}


def read_v1(body: JSON) -> list[MetricSeries]:
    """`{"series": [{"metric", "points": [[seconds, value]], "type", "host", "tags", ...}]}`.

    Raises ValueError, KeyError or TypeError for what is not so.
    """
    return [
        _series(
            item,
            _BY_NAME.get(str(item.get("type") or "gauge"), "gauge"),
            str(item.get("host") or ""),
            _pairs(item),
        )
        for item in _items(body)
    ]


def read_v2(body: JSON) -> list[MetricSeries]:
    """The same with `type` a number, `points` objects, and the host among the `resources`."""
    made = []
    for item in _items(body):
        kind = _BY_NUMBER.get(int(item.get("type") or 0), "gauge")
        resources = {str(one.get("type")): str(one.get("name")) for one in item.get("resources") or []}
        item = {**item, "device": resources.get("device")}
        points = [(int(point["timestamp"]), float(point["value"])) for point in item["points"]]
        made.append(_series(item, kind, resources.get("host", ""), points))
    return made


def read_distributions(body: JSON) -> list[MetricSeries]:
    """Version 1 with lists of values in place of values."""
    return [
        _series(
            item,
            "distribution",
            str(item.get("host") or ""),
            [(int(moment), Sketch.of(map(float, values))) for moment, values in item["points"]],
        )
        for item in _items(body)
    ]


def _items(body: JSON) -> Iterator[Document]:
    listed = body["series"]
    if not isinstance(listed, list):
        raise ValueError("'series' must be a list")
    for item in listed:
        if not isinstance(item["metric"], str) or not metric_name(item["metric"]):
            raise ValueError("'metric' must be a name that begins with a letter")
        yield item


def _pairs(item: Document) -> list[tuple[int, float]]:
    return [(int(moment), float(value)) for moment, value in item["points"]]


def _series(item: Document, kind: Kind, host: str, points: JSON) -> MetricSeries:
    device = [f"device:{item['device']}"] if item.get("device") else []
    return MetricSeries(
        metric_name(item["metric"]),
        kind,
        tuple(points),
        metric_tags([*map(str, item.get("tags") or []), *device]),
        host,
        int(item.get("interval") or 0),
        str(item.get("unit") or ""),
    )
