"""Network tests: written as JSON:API on v2, listed and deleted with the other synthetic tests on v1.

https://docs.datadoghq.com/api/latest/synthetics/
"""

from __future__ import annotations

from dataclasses import replace

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.quirks import synthetics_tests
from ddconf.emulator.wire import Document, Response, answer, texts

PATH = "/api/v2/synthetics/tests/network"
_V1_ONLY = ("created_at", "modified_at", "monitor_id")


def _shown(test: Document) -> Document:
    attributes = {key: value for key, value in test.items() if key not in _V1_ONLY}
    options = {key: value for key, value in test["options"].items() if key != "httpVersion"}
    return {
        "data": {
            "type": "network_test",
            "id": test["public_id"],
            "attributes": attributes | {"options": options},
        }
    }


def _inner(call: RouteCall) -> RouteCall:
    """The same request as the v1 endpoints would have it."""
    data = call.body.get("data") if isinstance(call.body, dict) else None
    if not isinstance(data, dict) or not isinstance(data.get("attributes"), dict):
        raise texts(400, "'data' is a required property")
    return replace(call, body=data["attributes"])


def _kept(call: RouteCall, id: str) -> Response:
    return answer(200, _shown(call.store.get("synthetics_test", id) or {}))


@route("POST", PATH)
def create(call: RouteCall) -> Response:
    return _kept(call, synthetics_tests.create(_inner(call)).json()["public_id"])


@route("PUT", f"{PATH}/{{id}}")
def update(call: RouteCall) -> Response:
    return _kept(call, synthetics_tests.update(_inner(call)).json()["public_id"])


@route("GET", f"{PATH}/{{id}}")
def read(call: RouteCall) -> Response:
    return _kept(call, synthetics_tests.read(call).json()["public_id"])
