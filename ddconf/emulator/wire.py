"""Requests and answers as plain values, and the shapes of Datadog's errors: what crosses the edge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Json = Any
Document = dict[str, Any]

JSON_TYPE = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class Request:
    """One request; `target` is the path with its query, percent-encoded as sent; header names in any case."""

    method: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))


@dataclass(frozen=True, slots=True)
class Response:
    """One answer. `drip_seconds` spreads the body over a time, `reset` cuts the connection instead."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=lambda: JSON_TYPE)
    drip_seconds: float = 0.0
    reset: bool = False

    def json(self) -> Json:
        return json.loads(self.body) if self.body else None


def answer(status: int, body: Json = None) -> Response:
    """An answer with a JSON body, or an empty one for None."""
    if body is None:
        return Response(status, b"", {"content-type": "text/html; charset=utf-8"})
    return Response(
        status, json.dumps(body, separators=(",", ":"), ensure_ascii=False).encode(errors="replace")
    )


class Refusal(Exception):
    """A request that Datadog answers with an error; carries the whole answer."""

    def __init__(self, response: Response) -> None:
        self.response = response
        super().__init__(f"{response.status} {response.body.decode(errors='replace')}")


def texts(status: int, *messages: str) -> Refusal:
    """`{"errors": ["text"]}`: dashboards, monitors, SLOs, most of v1 and the older v2."""
    return Refusal(answer(status, {"errors": list(messages)}))


def coded(status: int, code: str, message: str) -> Refusal:
    """`{"error": {"code", "message"}}`: log pipelines, log indexes, security rules."""
    return Refusal(answer(status, {"error": {"code": code, "message": message}}))


def detailed(code: int, /, **error: str) -> Refusal:
    """`{"errors": [{...}]}` with any of status (a string), title, detail: the newer v2 products."""
    return Refusal(answer(code, {"errors": [error]}))
