"""Where events and check runs are sent to.

https://docs.datadoghq.com/api/latest/events/ https://docs.datadoghq.com/api/latest/service-checks/
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ddconf.emulator.wire import Response, answer, texts
from ddconf.living.intake.events import TooOld, read_check_runs, read_event, read_event_v2
from ddconf.living.routes import IncomingRequest, endpoint

Read = TypeVar("Read")
_PAGE = "https://app.datadoghq.com/event/event?id="


@endpoint("POST", "/api/v1/events", keys="api")
def post_event(call: IncomingRequest) -> Response:
    """https://docs.datadoghq.com/api/latest/events/#post-an-event"""
    event = _read(lambda: read_event(call.json, call.sandbox.clock.seconds))
    id = call.sandbox.events.add(event)
    shown = {
        "id": id,
        "id_str": str(id),
        "title": event.title,
        "text": event.text,
        "date_happened": event.timestamp,
        "handle": None,
        "priority": call.json.get("priority"),
        "related_event_id": call.json.get("related_event_id"),
        "tags": list(event.tags),
        "url": f"{_PAGE}{id}",
    }
    return answer(202, {"status": "ok", "event": shown})


@endpoint("POST", "/api/v2/events", keys="api")
def post_event_v2(call: IncomingRequest) -> Response:
    """https://docs.datadoghq.com/api/latest/events/#post-an-event-v2"""
    event = _read(lambda: read_event_v2(call.json, call.sandbox.clock.seconds))
    id = call.sandbox.events.add(event)
    evt = {"id": str(id), "uid": str(id)}
    data = {"type": "event", "attributes": {"attributes": {"evt": evt}}}
    return answer(202, {"data": data, "links": {"self": f"{_PAGE}{id}"}})


@endpoint("POST", "/api/v1/check_run", keys="api")
def post_check_runs(call: IncomingRequest) -> Response:
    runs = _read(lambda: read_check_runs(call.json, call.sandbox.clock.seconds))
    call.sandbox.checks.add(runs)
    return answer(202, {"status": "ok"})


def _read(read: Callable[[], Read]) -> Read:
    try:
        return read()
    except TooOld as error:
        raise texts(400, str(error)) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise texts(400, f"Payload is not in the expected format: {error}") from None
