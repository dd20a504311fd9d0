"""Where logs are sent to. https://docs.datadoghq.com/api/latest/logs/#send-logs"""

from __future__ import annotations

from ddconf.emulator.wire import Response, answer
from ddconf.living.intake.encodings import LOGS_LIMIT
from ddconf.living.intake.log_bodies import read_entries
from ddconf.living.intake.logs import defaults
from ddconf.living.log_flow import take_logs
from ddconf.living.routes import IncomingRequest, endpoint


@endpoint("POST", "/api/v2/logs", keys="api", body_limit=LOGS_LIMIT)
def take(call: IncomingRequest) -> Response:
    _take(call)
    return answer(202, {})


@endpoint("POST", "/v1/input", keys="api", body_limit=LOGS_LIMIT)
@endpoint("POST", "/v1/input/{api_key}", keys="api", body_limit=LOGS_LIMIT)
@endpoint("POST", "/api/v1/input", keys="api", body_limit=LOGS_LIMIT)
@endpoint("POST", "/api/v1/input/{api_key}", keys="api", body_limit=LOGS_LIMIT)
def take_v1(call: IncomingRequest) -> Response:
    _take(call)
    return answer(200, {})


def _take(call: IncomingRequest) -> None:
    entries = read_entries(call.body, call.headers.get("content-type", ""))
    take_logs(call.sandbox, entries, defaults(call.query))
