"""The sandbox's own paths, /_sandbox/...: state, requests received, why a log is where it is, the clock."""

from __future__ import annotations

from datetime import UTC, datetime

from ddconf import __version__
from ddconf.emulator.fault_text import order
from ddconf.emulator.wire import Refusal, Response, answer, texts
from ddconf.living.clock import read_span
from ddconf.living.intake.encodings import METRICS_LIMIT, decode
from ddconf.living.journal import ReceivedRequest
from ddconf.living.routes import IncomingRequest, endpoint
from ddconf.living.store.logs import StoredLog
from ddconf.living.timeline import advance


@endpoint("GET", "/_sandbox/health", keys="none")
def health(call: IncomingRequest) -> Response:
    """Its status is 503 until what it is to begin with has been made."""
    sandbox = call.sandbox
    logs = sandbox.logs.counts()
    return answer(
        200 if sandbox.is_ready else 503,
        {
            "status": "running" if sandbox.is_ready else "starting",
            "version": __version__,
            "clock": _clock(call),
            "logs": {"indexed": sum(logs.values()) - logs.get("", 0), "not_indexed": logs.get("", 0)},
            "indexes": {name: number for name, number in sorted(logs.items()) if name},
            "series": sandbox.metrics.count(),
            "events": sandbox.events.count(),
            "check_runs": sandbox.checks.count(),
            "notifications": len(sandbox.notifications.all()),
            "counts": sandbox.journal.counts,
            "left_out": [*sandbox.routing().faults, *sandbox.monitors.left_out.values()],
        },
    )


@endpoint("POST", "/_sandbox/reset", keys="none")
def reset(call: IncomingRequest) -> Response:
    """Forget all data, and without `?keep=configuration` the configuration, too."""
    call.sandbox.clear()
    if call.query.get("keep") != "configuration":
        call.sandbox.reset_organisation()
    return answer(200, {"status": "ok"})


@endpoint("GET", "/_sandbox/received", keys="none")
def received(call: IncomingRequest) -> Response:
    """The newest requests of shippers, `?shipper=NAME`, `?path=PATH`, `?since=MILLISECONDS`."""
    since = int(call.query.get("since") or 0)
    wanted = [
        one
        for one in call.sandbox.journal.received
        if call.query.get("shipper") in (None, one.shipper)
        and call.query.get("path") in (None, one.request.path)
        and one.moment >= since
    ]
    return answer(200, {"requests": [one.as_json(_body_of(one)) for one in wanted]})


def _body_of(received: ReceivedRequest) -> str:
    headers = {name.lower(): value for name, value in received.request.headers.items()}
    try:
        body = decode(received.request.body, headers.get("content-encoding", ""), METRICS_LIMIT)
    except Refusal:  # what could not be decoded is shown as it came
        body = received.request.body
    return body.decode("utf-8", "backslashreplace")


@endpoint("GET", "/_sandbox/unknown", keys="none")
def unknown(call: IncomingRequest) -> Response:
    """Paths that were asked for and that nothing answers."""
    listed = sorted(call.sandbox.journal.unknown.items())
    return answer(
        200, {"paths": [{"method": method, "path": path, "count": count} for (method, path), count in listed]}
    )


@endpoint("GET", "/_sandbox/notifications", keys="none")
def notifications(call: IncomingRequest) -> Response:
    return answer(200, {"notifications": call.sandbox.notifications.all()})


@endpoint("GET", "/_sandbox/why/{id}", keys="none")
def why(call: IncomingRequest) -> Response:
    """Which pipelines, index, filters, archive and metrics a log met."""
    found = call.sandbox.logs.find(call.args["id"])
    if found is None:
        raise texts(404, f"No log {call.args['id']}: unknown id, or older than what is kept")
    return answer(200, _explained(*found))


@endpoint("GET", "/_sandbox/why", keys="none")
def why_newest(call: IncomingRequest) -> Response:
    """The same of the logs that arrived last, indexed or not."""
    count = min(int(call.query.get("count") or 20), 1000)
    return answer(200, {"logs": [_explained(*item) for item in call.sandbox.logs.newest(count)]})


def _explained(stored: StoredLog, place: str | None, why: dict[str, object]) -> dict[str, object]:
    return {
        "id": stored.id,
        "message": stored.log.message,
        "index": place,
        "why": why,
        "log": stored.log.as_json(),
    }


@endpoint("GET", "/_sandbox/clock", keys="none")
def read_clock(call: IncomingRequest) -> Response:
    return answer(200, _clock(call))


@endpoint("POST", "/_sandbox/clock", keys="none")
def set_clock(call: IncomingRequest) -> Response:
    """`{"advance": "6m"}` runs all that falls into that time; also `{"hold": time}`, `{"release": true}`."""
    wanted = call.json if isinstance(call.json, dict) else {}
    clock = call.sandbox.clock
    try:
        if wanted.get("release"):
            clock.release()
        if held := wanted.get("hold"):
            clock.hold(None if held is True else _moment(str(held)))
        if span := wanted.get("advance"):
            advance(call.sandbox, read_span(str(span)))
    except ValueError as error:
        raise texts(400, str(error)) from None
    return answer(200, _clock(call))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _clock(call: IncomingRequest) -> dict[str, object]:
    clock = call.sandbox.clock
    return {"now": clock().astimezone(UTC).isoformat().replace("+00:00", "Z"), "held": clock.is_held}


@endpoint("POST", "/_sandbox/faults", keys="none")
def order_fault(call: IncomingRequest) -> Response:
    """`{"fault": "503 POST /api/v2/logs x3"}`, in the words of `ddconf sandbox start --fault`."""
    try:
        order(call.sandbox.faults, str((call.json or {}).get("fault") or ""))
    except ValueError as error:
        raise texts(400, str(error)) from None
    return answer(200, {"status": "ok"})


@endpoint("GET", "/_sandbox/faults", keys="none")
def list_faults(call: IncomingRequest) -> Response:
    """Those that have struck."""
    struck = [
        {"fault": name, "method": method, "path": path} for name, method, path in call.sandbox.faults.struck
    ]
    return answer(200, {"struck": struck})


@endpoint("DELETE", "/_sandbox/faults", keys="none")
def clear_faults(call: IncomingRequest) -> Response:
    call.sandbox.faults.clear()
    return answer(200, {"status": "ok"})
