"""What an Agent asks for besides logs and metrics, so that it starts and runs without complaint.

https://github.com/DataDog/datadog-agent/tree/main/test/fakeintake
"""

from __future__ import annotations

from ddconf.emulator.wire import Response, answer, texts
from ddconf.living.intake.events import read_agent_payload
from ddconf.living.routes import IncomingRequest, endpoint

_MESSAGE_HEADER = bytes(
    (3, 0, 23, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
)  # version 3, protobuf, ResCollector


@endpoint("GET", "/api/v1/validate", keys="api")
@endpoint("GET", "/api/v2/validate", keys="api")
def validate(_call: IncomingRequest) -> Response:
    return answer(200, {"valid": True})


@endpoint("POST", "/intake", keys="api")
def intake(call: IncomingRequest) -> Response:
    """Events of the Agent and the tags of its host; the rest of its metadata is not kept."""
    now = call.sandbox.clock.seconds
    try:
        payload = read_agent_payload(call.json, now)
    except (ValueError, TypeError, AttributeError) as error:
        raise texts(400, f"Payload is not in the expected format: {error}") from None
    with call.sandbox.database.transaction():
        for event in payload.events:
            call.sandbox.events.add(event)
        if payload.host and payload.host_tags:
            call.sandbox.hosts.put(
                payload.host, [tag for tags in payload.host_tags.values() for tag in tags], now
            )
    return answer(202, {"status": "ok"})


@endpoint("POST", "/api/v1/metadata", keys="api")
@endpoint("POST", "/api/v2/host_metadata", keys="api")
@endpoint("POST", "/api/v1/collector", keys="api")
@endpoint("POST", "/api/v1/container", keys="api")
@endpoint("POST", "/api/v1/discovery", keys="api")
@endpoint("POST", "/api/v2/orch", keys="api")
@endpoint("POST", "/api/v2/orchmanif", keys="api")
@endpoint("POST", "/api/v2/proclcycle", keys="api")
@endpoint("POST", "/api/v2/apmtelemetry", keys="api")
@endpoint("POST", "/api/v0.2/traces", keys="api")
@endpoint("POST", "/api/v0.2/stats", keys="api")
@endpoint("POST", "/support/flare", keys="api")
def take_and_forget(_call: IncomingRequest) -> Response:
    """Other products' data: taken, and not kept but in the journal of requests."""
    return answer(202, {})


@endpoint("POST", "/api/v1/connections", keys="api")
def connections(_call: IncomingRequest) -> Response:
    """The process Agent reads the answer: an empty `ResCollector` behind its header."""
    return Response(200, _MESSAGE_HEADER, {"content-type": "application/x-protobuf"})
