"""What the server writes into objects itself, as data: constants, and names of what it knows (`$now`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from ddconf.emulator.call import RouteCall
from ddconf.emulator.ids import base64url, dashed, hexadecimal, number, uuid
from ddconf.emulator.wire import Document, Json

_KNOWN: dict[str, Callable[[RouteCall], Json]] = {
    "$now": lambda call: call.zulu,
    "$now_offset": lambda call: call.iso,
    "$seconds": lambda call: call.epoch,
    "$milliseconds": lambda call: int(call.now.timestamp() * 1000),
    "$proto": lambda call: {"seconds": call.epoch, "nanos": call.now.microsecond * 1000},
    "$user": lambda call: call.actor.uuid,
    "$user_number": lambda call: call.actor.id,
    "$name": lambda call: call.actor.name,
    "$handle": lambda call: call.actor.handle,
    "$org": lambda call: call.actor.org_uuid,
    "$org_name": lambda call: call.actor.org_name,
    "$org_number": lambda call: call.actor.org_id,
    "$uuid": lambda call: uuid(call.store.random),
    "$number": lambda call: number(6)(call.store.random),
    "$hex": lambda call: hexadecimal(call.store.random),
    "$base64": lambda call: base64url(call.store.random),
    "$dashed": lambda call: dashed(call.store.random),
}
_RENEWED = re.compile(r"modif|updat", re.IGNORECASE)


def resolved(call: RouteCall, value: Json) -> Json:
    """A value with what the server knows in place of its names; `$path.X` is a placeholder of the path."""
    if isinstance(value, dict):
        return {key: resolved(call, item) for key, item in value.items()}
    if isinstance(value, list):
        return [resolved(call, item) for item in value]
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    if value.startswith("$path."):
        return call.args[value.removeprefix("$path.")]
    return _KNOWN[value](call) if value in _KNOWN else value


def made(call: RouteCall, fields: Mapping[str, Json], before: Document | None) -> Document:
    """The server's own fields: at an update those that tell of it are made anew, the others stay."""
    kept = before or {}
    return {
        key: kept[key] if key in kept and not _RENEWED.search(key) else resolved(call, value)
        for key, value in fields.items()
    }


def counted(fields: tuple[str, ...], before: Document | None) -> Document:
    """Numbers that go up by one with every write."""
    return {key: (before or {}).get(key, 0) + 1 for key in fields}


def fill(document: Json, path: str, value: Json) -> None:
    """Put a default where a field below an existing parent is absent: `rules[].metadata`."""
    key, _, rest = path.partition(".")
    name = key.removesuffix("[]")
    if not isinstance(document, dict):
        return
    if not rest:
        document.setdefault(name, value)
    elif key.endswith("[]"):
        for item in document.get(name) or ():
            fill(item, rest, value)
    else:
        fill(document.get(name), rest, value)
