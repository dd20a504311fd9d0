"""A server that answers after a fixed latency, and counts: `python -m benchmarks.stub`.

Bodies are made before the first request, so that it costs the machine next to nothing. It takes changes of
objects that it has, and gives 404 for what it has not. `GET /counts` gives the number of requests and of
connections since it was asked last.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, unquote, urlsplit

from benchmarks.large import Collection, Document, large, plain
from benchmarks.organisation import organisation

_LENGTH = re.compile(rb"(?i)content-length: *(\d+)")


class Answers:
    """Bodies by path, made before the first request; lists are cut to the page that is asked for."""

    def __init__(self, collections: Sequence[Collection]) -> None:
        self.collections = {one.path: one for one in collections}
        self.lists = {one.path: [_listed(one, item) for item in one.items] for one in collections}
        self.places = {
            f"{one.path}/{item[one.id]}": (one, number)
            for one in collections
            for number, item in enumerate(one.items)
        }
        pipelines = self.collections["/api/v1/logs/config/pipelines"].items
        order = {"pipeline_ids": [one["id"] for one in pipelines]}
        self.bodies = {"/api/v1/logs/config/pipeline-order": json.dumps(order).encode()}
        self.bodies |= {path: _shown(*place) for path, place in self.places.items()}
        self.bodies |= {
            f"{one.path}/{item[one.id]}/{name}": b'{"data":[]}'
            for one in collections
            for item in one.items
            for name in one.below
        }

    def get(self, target: str) -> bytes | None:
        parts = urlsplit(target)
        if parts.path not in self.lists:
            return self.bodies.get(unquote(parts.path)) or self.bodies.get(parts.path.replace("/browser", ""))
        one, items = self.collections[parts.path], self.lists[parts.path]
        text = f"[{','.join(_page(items, parse_qs(parts.query)))}]"
        return (f'{{"{one.at}":{text}{_told(one.total, len(items))}}}' if one.at else text).encode()

    def put(self, target: str, body: bytes) -> bytes | None:
        """Change an object of a plain API: what was not sent stays, and an empty body changes nothing."""
        if (place := self.places.get(urlsplit(target).path)) is None:
            return None
        if not json.loads(body):
            return self.bodies[urlsplit(target).path]
        one, number = place
        one.items[number] = {**one.items[number], **json.loads(body), **CHANGED}
        self.lists[one.path][number] = _listed(one, one.items[number])
        shown = self.bodies[urlsplit(target).path] = _shown(one, number)
        return shown


CHANGED = {"modified": "2030-01-01T00:00:00+00:00", "modified_at": "2030-01-01T00:00:00+00:00"}


def _listed(one: Collection, item: Document) -> str:
    return json.dumps({key: item.get(key) for key in one.summary} if one.summary else item)


def _shown(one: Collection, number: int) -> bytes:
    text = json.dumps(one.items[number])
    return (f'{{"{one.inside}":{text}}}' if one.inside else text).encode()


def _told(path: str, total: int) -> str:
    """What a list with pages says of how many there are: `a.b` -> `,"a":{"b":7}`."""
    if not path:
        return ""
    text = str(total)
    for key in reversed(path.split(".")):
        text = f'{{"{key}":{text}}}'
    return f",{text[1:-1]}"


def _page(items: list[str], query: Mapping[str, list[str]]) -> list[str]:
    number = {key: int(values[0]) for key, values in query.items() if values[0].isdigit()}
    for page, size in (("page", "page_size"), ("page_number", "page_size"), ("page[number]", "page[size]")):
        if page in number and size in number:
            first = number[page] * number[size]
            return items[first : first + number[size]]
    for start, size in (("start", "count"), ("offset", "limit"), ("page[offset]", "page[limit]")):
        if start in number and size in number:
            return items[number[start] :][: number[size]]
    return items


class Connection(asyncio.Protocol):
    """One kept connection; requests on it come one after the other."""

    answers: Answers
    latency: float
    requests = 0
    connections = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.received = transport, b""
        Connection.connections += 1

    def data_received(self, data: bytes) -> None:
        self.received += data
        while b"\r\n\r\n" in self.received:
            head, _, rest = self.received.partition(b"\r\n\r\n")
            length = _LENGTH.search(head)
            size = int(length[1]) if length else 0
            if len(rest) < size:
                return
            self.received = rest[size:]
            self._answer(head.split(b"\r\n", 1)[0].decode(), rest[:size])

    def _answer(self, line: str, sent: bytes) -> None:
        method, target, _ = line.split(" ", 2)
        if target == "/counts":
            self._send(200, json.dumps([Connection.requests, Connection.connections]).encode())
            Connection.requests = Connection.connections = 0
            return
        Connection.requests += 1
        body = self.answers.put(target, sent) if method == "PUT" else None
        body = self.answers.get(target) if method == "GET" else body
        status, text = (404, b'{"errors":["Not found"]}') if body is None else (200, body)
        asyncio.get_running_loop().call_later(self.latency, self._send, status, text)

    def _send(self, status: int, body: bytes) -> None:
        head = f"HTTP/1.1 {status} -\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        self.transport.write(head.encode() + body)


async def serve(latency: float, answers: Answers) -> None:
    Connection.latency, Connection.answers = latency, answers
    server = await asyncio.get_running_loop().create_server(Connection, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--latency", type=float, default=0.05)
    for name in ("dashboards", "monitors", "pipelines"):
        parser.add_argument(f"--{name}", type=int, default=0)
    parser.add_argument("--total", type=int, default=0, help="a large organisation of so many objects")
    options = parser.parse_args()
    made = organisation(options.dashboards, options.monitors, options.pipelines)
    answers = Answers(large(options.total) if options.total else plain(made))
    asyncio.run(serve(options.latency, answers))


if __name__ == "__main__":
    main()
