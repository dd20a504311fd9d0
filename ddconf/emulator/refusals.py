"""What a line of collections.json lets no body be: ids of a wrong form, fields that do not go together."""

from __future__ import annotations

import re
from typing import Any

from ddconf.emulator.call import RouteCall
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.wire import Document, Json

Row = dict[str, Any]


def check_body(row: Row, style: str, call: RouteCall) -> None:
    """The id that a body brings must be of the right form and that of the path; some fields need others."""
    data = call.body.get("data", call.body) if isinstance(call.body, dict) else None
    if not isinstance(data, dict):
        return
    sent = data.get("id")
    own = call.args.get("id", sent)
    if own is not None and is_malformed(row, str(own)):
        raise refusal(style, row.get("uuid", 400), f'attribute "id" Invalid id {own}')
    if "same_id" in row and sent is not None and sent != own:
        raise refusal(style, row["same_id"], f"id {sent} is not that of the path")
    content = data.get("attributes", {}) if row.get("type") else data
    if isinstance(content, dict):
        _check_together(row, style, content)
    for name, (target, status) in row.get("refers", {}).items():
        link = at(data, f"relationships.{name}.data.id") or at(content, name)
        if link is not None and call.store.get(target, str(link)) is None:
            raise refusal(style, status, f"{name} {link} not found")


def _check_together(row: Row, style: str, content: Document) -> None:
    """Fields that need others, and fields of which only one can be sent."""
    for field, others in row.get("needs", {}).items():
        for other in others:
            if content.get(field) and not content.get(other):
                raise refusal(style, 400, f"'{field}' needs '{other}'")
    for fields in row.get("either", ()):
        if all(field in content for field in fields):
            raise refusal(style, 400, f"only one of {', '.join(fields)} can be sent")
    for values in row.get("refused", ()):
        if all(_has(content, path, value) for path, value in values.items()):
            raise refusal(style, 400, f"{' and '.join(values)} cannot be so")
    for field, most in row.get("most", {}).items():
        value = content.get(field)
        if isinstance(value, int | float) and value > most:
            raise refusal(style, 400, f"'{field}' is at most {most}")


def _has(content: Document, path: str, value: Json) -> bool:
    found = at(content, path)
    return found is not None and value in ("*", found)


def is_malformed(row: Row, id: str) -> bool:
    return "id_pattern" in row and not re.fullmatch(row["id_pattern"], id)


def at(document: Json, path: str) -> Json:
    """The value at a path of keys; None where there is none."""
    for key in path.split("."):
        document = document.get(key) if isinstance(document, dict) else None
    return document
