"""What a living organisation answers before the configuration's API is asked: the app's `front`."""

from __future__ import annotations

from dataclasses import replace

from ddconf.emulator import routes as api
from ddconf.emulator.wire import Refusal, Request, Response, answer, texts
from ddconf.living.journal import ReceivedRequest, shipper_of
from ddconf.living.routes import AuthorizedRoute, IncomingRequest, find
from ddconf.living.sandbox import Sandbox

_CORS = {
    "access-control-allow-origin": "*",
    "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE, OPTIONS",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}
_SENDS = ("POST", "PUT")


class Front:
    """Call it with a request: None for what is none of its own."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def __call__(self, request: Request) -> Response | None:
        if request.method == "OPTIONS":
            return Response(204, b"", _CORS)
        if request.method == "HEAD":
            return Response(200, b"", _CORS)
        found = find(request.method, request.path)
        if found is None:
            return self._unknown(request)
        response = self._answer(request, *found)
        if found[0].keys == "api":
            self._note(request, response)
            response = replace(response, headers={**response.headers, **_CORS})
        return response

    def is_intake(self, request: Request) -> bool:
        """Whether pages may send the request: to an intake, or where nobody knows the path."""
        asks_for = {name.lower(): value for name, value in request.headers.items()}
        method = asks_for.get("access-control-request-method", request.method)
        if found := find(method, request.path):
            return found[0].keys == "api"
        return not (request.path.startswith("/_sandbox/") or api.find(method, request.path))

    def _answer(self, request: Request, endpoint: AuthorizedRoute, args: dict[str, str]) -> Response:
        try:
            call = IncomingRequest(self._sandbox, request, args, endpoint.body_limit)
            _check_keys(call, endpoint)
            return endpoint.route(call)
        except Refusal as refusal:
            return refusal.response
        except (LookupError, TypeError, AttributeError, ValueError, OverflowError) as error:
            return texts(400, f"Payload is not in the expected format: {error}").response

    def _unknown(self, request: Request) -> Response | None:
        """A path that nobody knows: shippers retry forever where they get a 404, so they get none."""
        if api.find(request.method, request.path):
            return None
        self._sandbox.journal.note_unknown(request)
        names = {name.lower() for name in request.headers}
        if (
            request.method not in _SENDS
            or "dd-application-key" in names
            or request.path.startswith("/_sandbox/")
        ):
            return None
        response = answer(202, {})
        self._note(request, response)
        return response

    def _note(self, request: Request, response: Response) -> None:
        received = ReceivedRequest(
            self._sandbox.clock.milliseconds, shipper_of(request), request, response.status
        )
        self._sandbox.journal.note(received)


def _check_keys(call: IncomingRequest, endpoint: AuthorizedRoute) -> None:
    settings = call.sandbox.settings
    if not settings.require_keys or endpoint.keys == "none":
        return
    if call.headers.get("authorization", "").startswith("Bearer "):
        return
    key = call.headers.get("dd-api-key") or call.query.get("dd-api-key") or call.query.get("api_key")
    key = key or call.args.get("api_key", "")
    if not key:
        raise texts(403 if call.request.path.endswith("/validate") else 401, "API key required")
    if settings.keys is not None and key not in settings.keys:
        raise texts(403, "Forbidden")
    if endpoint.keys == "both" and not call.headers.get("dd-application-key"):
        raise texts(403, "Forbidden")
