"""A small HTTP server that answers from a script: what a client test wants Datadog to say."""

from __future__ import annotations

import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ddconf.datadog.http.client import Client
from ddconf.datadog.http.credentials import Credentials


@dataclass
class Reply:
    """One answer; `reset` breaks the connection instead, `cut` promises more bytes than come."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes | None = None
    reset: bool = False
    cut: bool = False
    zipped: bool = False
    delay: float = 0.0
    drip: float = 0.0

    def content(self) -> bytes:
        if self.raw is not None:
            return self.raw
        return b"" if self.body is None else json.dumps(self.body).encode()


@dataclass
class Got:
    """One request as it arrived."""

    method: str
    path: str
    body: Any
    headers: dict[str, str]


class Stub:
    """`answer(got)` makes each reply; `got` keeps every request in order of arrival."""

    def __init__(self, answer: Callable[[Got], Reply]) -> None:
        self.answer = answer
        self.got: list[Got] = []
        self.url = ""
        self.connections = 0
        self.most_at_once = 0
        self._now = 0
        self._lock = threading.Lock()

    def reply(self, got: Got) -> Reply:
        with self._lock:
            self.got.append(got)
            self._now += 1
            self.most_at_once = max(self.most_at_once, self._now)
        try:
            return self.answer(got)
        finally:
            with self._lock:
                self._now -= 1


def script(*replies: Reply) -> Callable[[Got], Reply]:
    """Answer with these in order; the last one again and again."""
    left = list(replies)
    lock = threading.Lock()

    def answer(_got: Got) -> Reply:
        with lock:
            return left.pop(0) if len(left) > 1 else left[0]

    return answer


@contextmanager
def served(answer: Callable[[Got], Reply]) -> Iterator[Stub]:
    stub = Stub(answer)

    class Front(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def setup(self) -> None:
            super().setup()
            stub.connections += 1

        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            text = self.rfile.read(length)
            body = json.loads(text) if text else None
            self._send(stub.reply(Got(self.command, self.path, body, dict(self.headers.items()))))

        do_POST = do_PUT = do_PATCH = do_DELETE = do_GET

        def _send(self, reply: Reply) -> None:
            time.sleep(reply.delay)
            if reply.reset:
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.close_connection = True
                self.connection.close()
                return
            content = gzip.compress(reply.content()) if reply.zipped else reply.content()
            self.send_response_only(reply.status)
            if reply.zipped:
                self.send_header("content-encoding", "gzip")
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(content) + (100 if reply.cut else 0)))
            self.end_headers()
            for start in range(0, len(content), 1 if reply.drip else max(1, len(content))):
                self.wfile.write(content[start : start + (1 if reply.drip else len(content))])
                self.wfile.flush()
                time.sleep(reply.drip)
            self.close_connection = reply.cut

        def log_message(self, *_: Any) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        block_on_close = False
        request_queue_size = 128

        def handle_error(self, *_: Any) -> None:
            pass

    server = Server(("127.0.0.1", 0), Front)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    stub.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def organisation(answer: Callable[[Got], Reply]) -> Iterator[tuple[Client, Stub]]:
    with served(answer) as stub:
        client = Client(Credentials(stub.url, "example.com", "key-1", "key-2"), workers=8, timeout=5)
        yield client, stub
        client.close()


def sent(stub: Stub) -> list[str]:
    return [f"{got.method} {got.path}" for got in stub.got]
