"""The UDP port of DogStatsD, for as long as a context lasts.

https://docs.datadoghq.com/developers/dogstatsd/
"""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ddconf.living.events import CheckRun, Event
from ddconf.living.intake.dogstatsd import read_datagram
from ddconf.living.sandbox import Sandbox


def take_datagram(sandbox: Sandbox, data: bytes) -> None:
    """Add up what a datagram says; its events and check runs are kept at once."""
    now = sandbox.clock.seconds
    sandbox.journal.count("datagrams")
    for item in read_datagram(data, now):
        if isinstance(item, Event):
            sandbox.events.add(item)
        elif isinstance(item, CheckRun):
            sandbox.checks.add([item])
        else:
            sandbox.statsd.add(item, now)


class _Server(socketserver.UDPServer):
    max_packet_size = 65_536


@contextmanager
def listen(sandbox: Sandbox, port: int = 8125, host: str = "127.0.0.1") -> Iterator[int]:
    """Take datagrams on a port (0: any free one); gives its number. Raises OSError for one that is taken."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data: Any = self.request[0]
            take_datagram(sandbox, data)

    server = _Server((host, port), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield int(server.server_address[1])
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
