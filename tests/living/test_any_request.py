"""Whatever a client sends, it gets an answer, and a later request is served as before."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddconf.emulator.store import Store
from ddconf.emulator.wire import Request
from ddconf.living.app import living
from ddconf.living.clock import Clock
from ddconf.living.routes import table
from tests.living.conftest import NOW

_PATHS = sorted(
    (method, "/" + "/".join(endpoint.segments))
    for (method, _), listed in table().items()
    for endpoint in listed
)
_WORDS = [
    "series",
    "points",
    "metric",
    "type",
    "data",
    "attributes",
    "filter",
    "query",
    "from",
    "to",
    "sort",
    "page",
    "limit",
    "cursor",
    "compute",
    "group_by",
    "facet",
    "aggregation",
    "interval",
    "queries",
    "formulas",
    "formula",
    "data_source",
    "name",
    "search",
    "message",
    "title",
    "text",
    "check",
    "status",
    "tags",
    "host",
    "timestamp",
    "category",
    "events",
    "host-tags",
    "internalHostname",
    "advance",
    "hold",
    "release",
    "fault",
    "time",
    "startAt",
    "index",
]
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(_WORDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(_WORDS), inner, max_size=4),
    max_leaves=12,
)
_BODIES = _JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60)
_QUERIES = st.dictionaries(
    st.sampled_from(
        [*_WORDS, "page[limit]", "page[cursor]", "filter[from]", "page[size]", "count", "start", "q"]
    ),
    st.text("az09-:*(){}\"'", max_size=8),
    max_size=3,
)


@given(st.sampled_from(_PATHS), _BODIES, _QUERIES, st.sampled_from(["", "gzip", "zstd", "deflate"]))
@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow])
def test_every_request_is_answered(
    path: tuple[str, str], body: bytes, query: dict[str, str], encoding: str
) -> None:
    from urllib.parse import urlencode

    made = _organisation()
    method, template = path
    target = template.replace("{", "").replace("}", "") + "?" + urlencode(query)
    headers = {"content-type": "application/json", "content-encoding": encoding}
    response = made.app.handle(Request(method, target, headers, body))
    assert 200 <= response.status < 500 or (response.status, target[:16]) == (503, "/_sandbox/health")
    made.sandbox.faults.clear()
    assert made.app.handle(Request("POST", "/api/v2/logs", {}, b"still here")).status == 202


_made: list[Any] = []


def _organisation() -> Any:
    """One for all examples: what one leaves behind must not trouble the next."""
    if not _made:
        context = living(Store(seed=1), clock=Clock(NOW))
        _made.extend((context.__enter__(), context))
    return _made[0]
