"""A server that only answers reads, each after a fixed latency, and counts: `python -m benchmarks.stub`.

Bodies are made before the first request, so that it costs the machine next to nothing. `GET /counts` gives
the number of requests and of connections since it was asked last.
"""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from benchmarks.organisation import Organisation, organisation

SUMMARY = (
    "id",
    "title",
    "description",
    "layout_type",
    "url",
    "author_handle",
    "created_at",
    "modified_at",
    "is_read_only",
)


class Answers:
    """Prebuilt bodies by path; lists are cut to the page that is asked for."""

    def __init__(self, made: Organisation) -> None:
        summaries = [{key: one.get(key) for key in SUMMARY} for one in made.dashboards]
        self.lists = {
            "/api/v1/dashboard": ("dashboards", [json.dumps(one) for one in summaries]),
            "/api/v1/monitor": ("", [json.dumps(one) for one in made.monitors]),
            "/api/v1/logs/config/pipelines": ("", [json.dumps(one) for one in made.pipelines]),
        }
        self.bodies = {f"/api/v1/dashboard/{one['id']}": json.dumps(one).encode() for one in made.dashboards}
        self.bodies["/api/v1/logs/config/pipeline-order"] = json.dumps(
            {"pipeline_ids": [one["id"] for one in made.pipelines]}
        ).encode()

    def get(self, target: str) -> bytes | None:
        parts = urlsplit(target)
        if parts.path not in self.lists:
            return self.bodies.get(parts.path)
        name, items = self.lists[parts.path]
        text = f"[{','.join(_page(items, parse_qs(parts.query)))}]"
        return (f'{{"{name}":{text}}}' if name else text).encode()


def _page(items: list[str], query: Mapping[str, list[str]]) -> list[str]:
    number = {key: int(values[0]) for key, values in query.items() if values[0].isdigit()}
    if "page_size" in number:
        first = number.get("page", 0) * number["page_size"]
        return items[first : first + number["page_size"]]
    if "count" in number:
        return items[number.get("start", 0) :][: number["count"]]
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
            head, _, self.received = self.received.partition(b"\r\n\r\n")
            self._answer(head.split(b"\r\n", 1)[0].decode())

    def _answer(self, line: str) -> None:
        method, target, _ = line.split(" ", 2)
        if target == "/counts":
            self._send(200, json.dumps([Connection.requests, Connection.connections]).encode())
            Connection.requests = Connection.connections = 0
            return
        Connection.requests += 1
        body = self.answers.get(target) if method == "GET" else None
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
    options = parser.parse_args()
    answers = Answers(organisation(options.dashboards, options.monitors, options.pipelines))
    asyncio.run(serve(options.latency, answers))


if __name__ == "__main__":
    main()
