"""The app behind the `responses` library: for scripts that use `requests`, no socket needed.

The Datadog client speaks urllib3 and is not reached by this; give it a real socket (server.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ddconf.emulator.app import App
from ddconf.emulator.wire import Request

if TYPE_CHECKING:
    from responses import RequestsMock

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@contextmanager
def mocked(app: App, url: str = "https://api.datadoghq.com") -> Iterator[RequestsMock]:
    """While the context lasts, requests to the URL are answered by the app."""
    import responses

    def reply(request: Any) -> tuple[int, dict[str, str], bytes]:
        body = request.body or b""
        data = body.encode() if isinstance(body, str) else body
        response = app.handle(Request(request.method, request.path_url, dict(request.headers), data))
        if response.reset:
            raise ConnectionError("connection reset by the emulator")
        return response.status, dict(response.headers), response.body

    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        for method in _METHODS:
            mock.add_callback(method, re.compile(re.escape(url) + "/.*"), reply, content_type=None)
        yield mock
