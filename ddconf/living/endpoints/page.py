"""The page of the sandbox at `/`."""

from __future__ import annotations

from importlib.resources import files

from ddconf.emulator.wire import Response
from ddconf.living.routes import IncomingRequest, endpoint


@endpoint("GET", "/", keys="none")
@endpoint("GET", "/_sandbox", keys="none")
def page(_call: IncomingRequest) -> Response:
    text = files("ddconf.living.page").joinpath("index.html").read_bytes()
    return Response(200, text, {"content-type": "text/html; charset=utf-8", "cache-control": "no-cache"})
