"""A threaded HTTP/1.1 front on 127.0.0.1 for an App: the socket that clients talk to."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ddconf.emulator.app import App
from ddconf.emulator.browser_guard import refuse
from ddconf.emulator.wire import Request, Response, texts

_DRIPS = 10


@contextmanager
def serve(app: App, port: int = 0, host: str = "127.0.0.1") -> Iterator[str]:
    """Serve an app on a loopback port (0: any free one) while the context lasts; gives its URL."""
    server = _Server((host, port), type("Front", (_Front,), {"app": app}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://{host}:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is no news."""


class _Front(BaseHTTPRequestHandler):
    """One connection; answers every method alike by asking the app."""

    app: App
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one packet

    def do_GET(self) -> None:
        try:
            request = Request(self.command, self.path, dict(self.headers.items()), self._body())
            is_intake = self.app.is_intake(request)
            refused = refuse(request, is_intake=is_intake, hosts=self.app.hosts)
            response = refused or self.app.handle(request)
        except Exception as error:  # a defect here must look like one of Datadog's
            response = texts(500, f"Internal error: {error!r}").response
        self._send(response)

    do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = do_GET

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("transfer-encoding", "").lower():
            return b"".join(self._chunks())
        length = int(self.headers.get("content-length") or 0)
        return self.rfile.read(length) if length else b""

    def _chunks(self) -> Iterator[bytes]:
        """The pieces of a body that tells no length beforehand. RFC 9112, section 7.1."""
        while size := int(self.rfile.readline().split(b";")[0].strip() or b"0", 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            pass  # trailers

    def _send(self, response: Response) -> None:
        if response.reset:
            # An RST instead of an orderly end, so that the client sees its connection reset.
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.close_connection = True
            self.connection.close()
            return
        self.send_response_only(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        if response.status != 204:
            self.send_header("content-length", str(len(response.body)))
        self.end_headers()
        self._write(response)

    def _write(self, response: Response) -> None:
        if self.command == "HEAD":
            return
        if not response.drip_seconds:
            self.wfile.write(response.body)
            return
        step = max(1, len(response.body) // _DRIPS)
        for start in range(0, len(response.body), step):
            self.wfile.write(response.body[start : start + step])
            self.wfile.flush()
            time.sleep(response.drip_seconds / _DRIPS)

    def address_string(self) -> str:
        return str(self.client_address[0])

    def log_message(self, format: str, *args: Any) -> None:
        pass
