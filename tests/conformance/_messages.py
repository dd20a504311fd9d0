"""One vector of messages: a template, what it is rendered with, and what comes out."""

from __future__ import annotations

import math
from typing import Any

from ddconf.alerting.messages import Context, mistakes_in, recipients_of, render, title_of
from ddconf.alerting.status import Status, Transition
from tests.conformance._vectors import Vector

_OF_CONTEXT = ("transition", "tags", "priority", "options", "part", "type", "notify_by")


def difference(vector: Vector) -> str:
    mistakes = mistakes_in(vector["template"])
    if vector.get("invalid"):
        return "" if mistakes else "accepted"
    if mistakes:
        return f"refused: {mistakes[0].message}"
    context = context_of(vector["context"])
    rendered = render(vector["template"], context)
    text = rendered.text
    if vector["context"].get("part") == "title":
        options = vector["context"].get("options") or {}
        text = title_of(vector["template"], context, include_tags=options.get("include_tags", True))
    return "; ".join(
        found
        for found in (
            _text_difference(text, vector),
            _recipient_difference(text, context, vector),
            ""
            if vector.get("priority") in (None, rendered.priority, f"P{rendered.priority}")
            else f"priority {rendered.priority}",
        )
        if found
    )


def context_of(given: dict[str, Any]) -> Context:
    values = {key: value for key, value in given.items() if key not in _OF_CONTEXT}
    priority, tags = given.get("priority"), given.get("tags") or {}
    notify_by = given.get("notify_by") or (given.get("options") or {}).get("notify_by")
    if notify_by:
        tags = {key: value for key, value in tags.items() if key in notify_by}
    return Context(
        transition_of(given["transition"]),
        tags,
        values,
        int(str(priority).removeprefix("P")) if priority else None,
    )


def transition_of(text: str) -> Transition:
    """`OK to Alert`, `renotify Alert`."""
    if text.startswith("renotify "):
        status = Status(text.removeprefix("renotify "))
        return Transition(status, status)
    former, status = text.split(" to ")
    return Transition(Status(former), Status(status))


def _text_difference(text: str, vector: Vector) -> str:
    wanted = vector["text"]
    if wanted is None:
        return ""
    if vector.get("compare") == "number":
        return "" if text and math.isclose(float(text), float(wanted), rel_tol=1e-9) else f"{text!r}"
    return "" if text.strip() == wanted.strip() else f"{text!r} instead of {wanted!r}"


def _recipient_difference(text: str, context: Context, vector: Vector) -> str:
    found = recipients_of(text, context)
    if "recipients" in vector and {item.handle for item in found} != set(vector["recipients"]):
        return f"recipients {[item.handle for item in found]}"
    if "arguments" in vector and [dict(item.arguments) for item in found] != [vector["arguments"]]:
        return f"arguments {found}"
    return ""
