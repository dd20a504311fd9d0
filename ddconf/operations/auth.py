"""What a set of keys can do: each kind's list is asked for once."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ddconf.errors import ApiError
from ddconf.kind import find_kind, kind_names

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client


@dataclass(frozen=True, slots=True)
class Readable:
    """Whether a kind can be read; one that was not asked for (`asked`) counts as readable."""

    kind: str
    readable: bool
    answer: str
    asked: bool = True


def check_keys(client: Client) -> str:
    """One sentence on the API key; raises ApiError when it is not valid."""
    client.request("GET", "/api/v1/validate")
    return f"The API key is valid for {client.site}."


def readable(client: Client) -> list[Readable]:
    """Whether the keys can read each kind."""

    def one(name: str) -> Readable:
        kind = find_kind(name)
        call = (kind.api.list or kind.api.read) if kind.api else None
        if kind.manual or call is None:
            return Readable(name, True, "not checked: no public API", asked=False)
        if any("{" in text for text in (call.path, *call.params.values())):
            return Readable(name, True, "not checked: no list endpoint", asked=False)
        try:
            client.request(call.method, call.path, dict(call.params))
        except ApiError as error:
            return Readable(name, False, f"cannot be read: {error}")
        return Readable(name, True, "can be read")

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, kind_names()))


def summary(rows: Sequence[Readable]) -> str:
    """One sentence on all kinds."""
    asked = [row for row in rows if row.asked]
    readable = sum(row.readable for row in asked)
    unchecked = len(rows) - len(asked)
    told = f"The keys can read {readable} of {len(asked)} kinds"
    if readable < len(asked):
        told += f", {len(asked) - readable} cannot be read"
    return f"{told}; {unchecked} {'was' if unchecked == 1 else 'were'} not checked."
