"""Settings that always exist and are never deleted, one for an organisation; lines of collections.json."""

from __future__ import annotations

from functools import cache
from typing import Any

from ddconf.emulator.call import RouteCall
from ddconf.emulator.collections import rows
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.operations import documented_style
from ddconf.emulator.server_fields import made, resolved
from ddconf.emulator.wire import Document, Response, answer

Row = dict[str, Any]


@cache
def singletons() -> tuple[Row, ...]:
    """Path, method of the update, type, and `defaults`, `made` and `id` of each."""
    return tuple(rows()["singletons"])


def read_singleton(row: Row, call: RouteCall) -> Response:
    kept = call.store.fact(f"singleton{call.path}")
    content = resolved(call, {**_own(row), **_defaults(row)}) if kept is None else kept
    return answer(200, _enclosed(row, call, content))


def write_singleton(row: Row, call: RouteCall) -> Response:
    """Only the fields that are sent change."""
    data = call.body.get("data") if row["type"] and isinstance(call.body, dict) else call.body
    if not isinstance(data, dict):
        style = documented_style(row["path"])
        raise refusal(style, 400, "The request body is not a valid object")
    sent = data.get("attributes", {}) if row["type"] else data
    for field, known in row.get("keys", {}).items():
        if call.validates and not set(sent.get(field) or ()) <= set(known):
            raise refusal(documented_style(row["path"]), 400, f"{field} has an unknown key")
    before = call.store.fact(f"singleton{call.path}") or resolved(call, _defaults(row))
    kept = {**before, **sent, **made(call, _own(row), before)}
    call.store.set_fact(f"singleton{call.path}", kept)
    return answer(200, _enclosed(row, call, kept))


def delete_singleton(row: Row, call: RouteCall) -> Response:
    """Back to what it is at the beginning."""
    call.store.set_fact(f"singleton{call.path}", resolved(call, _defaults(row)))
    return answer(204)


def _own(row: Row) -> Document:
    return {**row.get("demanded", {}), **row.get("made", {})}


def _defaults(row: Row) -> Document:
    return {**row.get("otherwise", {}), **row.get("defaults", {})}


def _enclosed(row: Row, call: RouteCall, content: Document) -> Document:
    if not row["type"]:
        return content
    id = resolved(call, row.get("id", "default"))
    return {"data": {"id": id, "type": row["type"], "attributes": content}}
