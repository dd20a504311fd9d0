"""Mobile applications and their versions, as the endpoints marked unstable tell them: read only.

https://docs.datadoghq.com/synthetics/mobile_app_testing/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.wire import Response, answer, texts

PATH = "/api/unstable/synthetics/mobile/applications"


@route("GET", PATH)
def list_applications(call: RouteCall) -> Response:
    return answer(200, {"applications": call.store.all("mobile_application")})


@route("GET", f"{PATH}/versions/{{id}}")
def read_version(call: RouteCall) -> Response:
    version = call.store.get("mobile_application_version", call.args["id"])
    if version is None:
        raise texts(404, "Mobile application version not found")
    return answer(200, version)
