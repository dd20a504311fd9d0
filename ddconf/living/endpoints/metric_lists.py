"""Which metrics, tags and hosts there are. https://docs.datadoghq.com/api/latest/metrics/"""

from __future__ import annotations

import base64
import binascii

from ddconf.document import Document
from ddconf.emulator.wire import Response, answer, texts
from ddconf.living.endpoints.hosts import muted
from ddconf.living.routes import IncomingRequest, endpoint
from ddconf.living.sandbox import Sandbox

_PAGE = 10_000
_HOUR = 3600


@endpoint("GET", "/api/v1/metrics")
def active_metrics(call: IncomingRequest) -> Response:
    """https://docs.datadoghq.com/api/latest/metrics/#get-active-metrics-list"""
    said = call.query.get("from", "")
    if not said.lstrip("-").isdigit():
        raise texts(400, "from is a required parameter, as seconds")
    call.sandbox.flush_statsd()
    names = call.sandbox.metrics.names(int(said), call.query.get("host", ""))
    wanted = call.query.get("tag_filter")
    if wanted:
        names = [name for name in names if _has_tag(call.sandbox, name, wanted)]
    return answer(200, {"from": said, "metrics": names})


def _has_tag(sandbox: Sandbox, name: str, tag: str) -> bool:
    return any(tag in series.tags for series in sandbox.metrics.series(name))


@endpoint("GET", "/api/v1/search")
def search(call: IncomingRequest) -> Response:
    """`?q=metrics:text` or `?q=hosts:text`, or both without a word before."""
    kind, _, text = call.query.get("q", "").rpartition(":")
    call.sandbox.flush_statsd()
    found = {
        "metrics": [name for name in call.sandbox.metrics.names() if text in name],
        "hosts": [name for name in _hosts(call.sandbox) if text in name],
    }
    return answer(200, {"results": {name: listed for name, listed in found.items() if kind in ("", name)}})


@endpoint("GET", "/api/v2/metrics")
def list_metrics(call: IncomingRequest) -> Response:
    """Metrics with a configuration of their tags, and those that send.

    https://docs.datadoghq.com/api/latest/metrics/#get-a-list-of-metrics
    """
    configured: dict[str, Document] = {
        str(item["id"]): item for item in call.sandbox.organisation.all("metric_tag_configuration")
    }
    sent: dict[str, Document] = {}
    if call.query.get("filter[configured]") != "true":
        call.sandbox.flush_statsd()
        since = call.sandbox.clock.seconds - int(call.query.get("window[seconds]") or _HOUR)
        sent = {name: {"type": "metrics", "id": name} for name in call.sandbox.metrics.names(since)}
    if call.query.get("filter[configured]") == "false":
        sent, configured = {name: item for name, item in sent.items() if name not in configured}, {}
    listed = [item for _, item in sorted({**sent, **configured}.items())]
    if wanted := call.query.get("filter[tags]"):
        listed = [item for item in listed if _has_tag(call.sandbox, str(item["id"]), wanted)]
    start, size = _start(call.query.get("page[cursor]")), int(call.query.get("page[size]") or _PAGE)
    shown, more = listed[start : start + size], len(listed) > start + size
    if not shown:
        return answer(200, {"data": []})
    following = base64.urlsafe_b64encode(str(start + size).encode()).decode() if more else None
    page = {"type": "cursor_limit", "limit": size, "next_cursor": following}
    return answer(
        200, {"data": shown, "meta": {"pagination": page | {"cursor": call.query.get("page[cursor]")}}}
    )


def _start(cursor: str | None) -> int:
    try:
        return int(base64.urlsafe_b64decode(cursor)) if cursor else 0
    except (ValueError, binascii.Error):
        raise texts(400, "Invalid cursor") from None


@endpoint("GET", "/api/v2/metrics/{name}/all-tags")
def all_tags(call: IncomingRequest) -> Response:
    name = call.args["name"]
    tags = sorted({tag for series in call.sandbox.metrics.series(name) for tag in series.tags})
    return answer(200, {"data": {"type": "metrics", "id": name, "attributes": {"tags": tags}}})


@endpoint("GET", "/api/v2/metrics/{name}/volumes")
def volumes(call: IncomingRequest) -> Response:
    name = call.args["name"]
    number = len(call.sandbox.metrics.series(name))
    return answer(
        200, {"data": {"type": "metric_volumes", "id": name, "attributes": {"indexed_volume": number}}}
    )


@endpoint("GET", "/api/v1/hosts")
def list_hosts(call: IncomingRequest) -> Response:
    """https://docs.datadoghq.com/api/latest/hosts/#get-all-hosts-for-your-organization"""
    wanted = call.query.get("filter", "").removeprefix("host:")
    hosts = {name: seen for name, seen in _hosts(call.sandbox).items() if wanted in name}
    start, count = int(call.query.get("start") or 0), int(call.query.get("count") or 100)
    mutes = muted(call.sandbox)
    listed = [
        {
            "id": number,
            "name": name,
            "host_name": name,
            "aliases": [name],
            "last_reported_time": seen,
            "up": seen > call.sandbox.clock.seconds - 2 * _HOUR,
            "is_muted": name in mutes,
            "mute_timeout": mutes.get(name),
            "tags_by_source": {"Datadog": [f"host:{name}", *call.sandbox.hosts.tags(name)]},
        }
        for number, (name, seen) in enumerate(sorted(hosts.items()), 1)
    ]
    shown = listed[start : start + count]
    return answer(200, {"host_list": shown, "total_matching": len(listed), "total_returned": len(shown)})


@endpoint("GET", "/api/v1/hosts/totals")
def count_hosts(call: IncomingRequest) -> Response:
    number = len(_hosts(call.sandbox))
    return answer(200, {"total_active": number, "total_up": number})


def _hosts(sandbox: Sandbox) -> dict[str, int]:
    """The last second of each host that sent metrics or told its tags."""
    return {**sandbox.hosts.all(), **sandbox.metrics.hosts()}
