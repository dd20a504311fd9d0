"""The pages on 127.0.0.1: a server for this machine's browser alone.

A page of another origin can send requests here too, under a name that leads to 127.0.0.1 or as a form; so a
request counts only with this server's own name in `Host`, and a POST only as JSON from a page of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

from ddconf.errors import DdconfError
from ddconf.preview.site import Site, SiteResponse, mistakes

ADDRESS = "127.0.0.1"
_LARGEST = 2_000_000
_HEADERS = {
    "Cache-Control": "no-store",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Server(ThreadingHTTPServer):
    """Serves what `site()` gives at each request; a DdconfError of it is told on the page."""

    daemon_threads = True

    def __init__(self, site: Callable[[], Site], port: int = 0) -> None:
        super().__init__((ADDRESS, port), _Handler)
        self.site = site
        self.lock = Lock()

    @property
    def url(self) -> str:
        return f"http://{ADDRESS}:{self.server_address[1]}"

    @property
    def names(self) -> tuple[str, str]:
        """What a request may call this server."""
        port = self.server_address[1]
        return f"{ADDRESS}:{port}", f"localhost:{port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is not news."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "ddconf"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        if self._is_ours():
            self._answer(lambda site: site.get(self.path))

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        if not self._is_ours():
            return
        length = self.headers.get("Content-Length", "")
        origin = self.headers.get("Origin")
        own = origin is None or origin.removeprefix("http://") in self.server.names
        if not own or self.headers.get_content_type() != "application/json":
            self._refuse(403, "Only pages of this server may ask")
        elif not length.isdigit() or int(length) > _LARGEST:
            self._refuse(413, "Too long")
        else:
            body = self.rfile.read(int(length)).decode("utf-8", errors="replace")
            self._answer(lambda site: site.post(self.path, body))

    def _answer(self, ask: Callable[[Site], SiteResponse]) -> None:
        try:
            with self.server.lock:
                site = self.server.site()
            self._send(ask(site))
        except DdconfError as error:
            self._send(mistakes(error))

    def _is_ours(self) -> bool:
        """Whether the request names this server, and nothing but it."""
        if self.headers.get_all("Host") in [[name] for name in self.server.names]:
            return True
        self._refuse(421, "This server answers to its own name alone")
        return False

    def _refuse(self, status: int, reason: str) -> None:
        self.close_connection = True
        self._send(SiteResponse(reason, "text/plain", status))

    def _send(self, answer: SiteResponse) -> None:
        body = answer.body.encode("utf-8", errors="replace")
        self.send_response(answer.status)
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        self.send_header("Content-Type", f"{answer.type}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_arguments: Any) -> None:
        """Nothing on the terminal for each request."""
