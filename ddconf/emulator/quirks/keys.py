"""Are the keys good? https://docs.datadoghq.com/api/latest/authentication/"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.wire import Response, answer


@route("GET", "/api/v1/validate")
def validate(_call: RouteCall) -> Response:
    """The app has checked the key already."""
    return answer(200, {"valid": True})


@route("GET", "/api/v2/validate_keys")
def validate_both(_call: RouteCall) -> Response:
    return answer(200, {"status": "ok"})
