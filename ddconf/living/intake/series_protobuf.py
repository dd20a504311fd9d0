"""Metrics as protocol buffers, version 2, and sketches -> series: what Agents and Vector send.

https://github.com/DataDog/agent-payload/blob/master/proto/metrics/agent_payload.proto
"""

from __future__ import annotations

from ddconf.living.intake.protobuf import (
    Fields,
    double,
    messages,
    number,
    read_fields,
    text,
    texts,
    varints,
    zigzags,
)
from ddconf.living.series import Kind, MetricSeries, metric_name, metric_tags
from ddconf.living.sketch import Sketch

_KINDS: dict[int, Kind] = {1: "count", 2: "rate", 3: "gauge"}


def read_metric_payload(body: bytes) -> list[MetricSeries]:
    """A `MetricPayload`; raises ValueError for what is none."""
    return [_series(item) for item in messages(read_fields(body).get(1))]


def _series(item: Fields) -> MetricSeries:
    resources = {text(one.get(1)): text(one.get(2)) for one in messages(item.get(1))}
    points = tuple((number(point.get(2)), double(point.get(1))) for point in messages(item.get(4)))
    device = [f"device:{resources['device']}"] if resources.get("device") else []
    return MetricSeries(
        metric_name(text(item.get(2))),
        _KINDS.get(number(item.get(5)), "gauge"),
        points,
        metric_tags([*texts(item.get(3)), *device]),
        resources.get("host", ""),
        number(item.get(8)),
        text(item.get(6)),
    )


def read_sketch_payload(body: bytes) -> list[MetricSeries]:
    """A `SketchPayload`; raises ValueError for what is none."""
    return [
        MetricSeries(
            metric_name(text(item.get(1))),
            "distribution",
            tuple((number(point.get(1)), _sketch(point)) for point in messages(item.get(7))),
            metric_tags(texts(item.get(4))),
            text(item.get(2)),
        )
        for item in messages(read_fields(body).get(1))
    ]


def _sketch(point: Fields) -> Sketch:
    keys, counts = list(zigzags(point.get(7, []))), list(varints(point.get(8, [])))
    bins: dict[int, int] = {}
    for key, count in zip(keys, counts, strict=True):
        bins[key] = bins.get(key, 0) + count
    return Sketch(
        number(point.get(2)),
        double(point.get(3)),
        double(point.get(4)),
        double(point.get(6)),
        dict(sorted(bins.items())),
    )
