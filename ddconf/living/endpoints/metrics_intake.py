"""Where metrics are sent to, in every version. https://docs.datadoghq.com/api/latest/metrics/#submit-metrics"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ddconf.emulator.wire import JSON_TYPE, Response, answer, texts
from ddconf.living.intake.series_json import read_distributions, read_v1, read_v2
from ddconf.living.intake.series_protobuf import read_metric_payload, read_sketch_payload
from ddconf.living.intake.series_v3 import read_v3
from ddconf.living.routes import IncomingRequest, endpoint
from ddconf.living.sandbox import Sandbox
from ddconf.living.series import MetricSeries

_OLDEST, _AHEAD = 3600, 600  # seconds
_V2_LIMIT = 5_242_880
_TEXT_JSON = {"content-type": "text/json"}


@endpoint("POST", "/api/v1/series", keys="api")
def series_v1(call: IncomingRequest) -> Response:
    _take(call, lambda: read_v1(call.json))
    return replace(answer(202, {"status": "ok"}), headers=_TEXT_JSON)


@endpoint("POST", "/api/v1/distribution_points", keys="api")
def distributions(call: IncomingRequest) -> Response:
    _take(call, lambda: read_distributions(call.json))
    return replace(answer(202, {"status": "ok"}), headers=_TEXT_JSON)


@endpoint("POST", "/api/v2/series", keys="api", body_limit=_V2_LIMIT)
def series_v2(call: IncomingRequest) -> Response:
    protobuf = "protobuf" in call.headers.get("content-type", "")
    _take(call, lambda: read_metric_payload(call.body) if protobuf else read_v2(call.json))
    return answer(202, {"errors": []})


@endpoint("POST", "/api/intake/metrics/v3/series", keys="api")
@endpoint("POST", "/api/intake/metrics/v3beta/series", keys="api")
@endpoint("POST", "/api/intake/metrics/v3/sketches", keys="api")
@endpoint("POST", "/api/intake/metrics/v3beta/sketches", keys="api")
def columns(call: IncomingRequest) -> Response:
    """The answer is an empty message: no error."""
    _take(call, lambda: read_v3(call.body))
    return Response(202, b"", {"content-type": "application/x-protobuf"})


@endpoint("POST", "/api/beta/sketches", keys="api")
def sketches(call: IncomingRequest) -> Response:
    _take(call, lambda: read_sketch_payload(call.body))
    return Response(202, b"{}", JSON_TYPE)


def _take(call: IncomingRequest, read: Callable[[], list[MetricSeries]]) -> None:
    """Keep what can be read; an empty body or `{}` is a client that looks whether somebody answers."""
    if call.body.strip() in (b"", b"{}"):
        return
    try:
        listed = read()
    except (ValueError, KeyError, TypeError, LookupError, AttributeError, OverflowError) as error:
        raise texts(400, f"Payload is not in the expected format: {error}") from None
    take_series(call.sandbox, listed)


def take_series(sandbox: Sandbox, listed: list[MetricSeries]) -> None:
    """Keep series; points that lie too far in the past or the future are dropped, as Datadog does."""
    now = sandbox.clock.seconds
    first = 0 if sandbox.settings.any_age else now - _OLDEST
    last = now + _AHEAD
    kept = [
        replace(series, points=tuple(point for point in series.points if first <= point[0] <= last))
        for series in listed
        if series.name
    ]
    sandbox.journal.count("points_received", sum(len(series.points) for series in listed))
    sandbox.journal.count(
        "points_dropped_for_age",
        sum(len(series.points) for series in listed) - sum(len(one.points) for one in kept),
    )
    sandbox.metrics.put(kept)
