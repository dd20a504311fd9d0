"""Notification rules of monitors: writes include their author, reads do not.

https://docs.datadoghq.com/api/latest/monitors/
"""

from __future__ import annotations

from dataclasses import replace

from ddconf.emulator.call import RouteCall
from ddconf.emulator.collections import plain
from ddconf.emulator.quirks.users import user
from ddconf.emulator.wire import Document, texts

_PLAIN = plain("monitor_notification_rule")
_WHOM = ("recipients", "conditional_recipients")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    """Either who is told, or who under which condition."""
    asked = call.body["data"]["attributes"]
    named = [key for key in _WHOM if asked.get(key)]
    if call.validates and len(named) != 1 and (before is None or named):
        raise texts(400, "Exactly one of recipients and conditional_recipients must be given")
    document = _PLAIN.complete(call, sent, before)
    return {key: value for key, value in document.items() if key not in _WHOM or not named or key in named}


def _shown_written(call: RouteCall, rule: Document) -> Document:
    links = {"created_by": {"data": {"type": "users", "id": call.actor.uuid}}}
    return {**_PLAIN.show(call, rule), "relationships": links}


def _beside(call: RouteCall, _shown: list[Document]) -> Document:
    if call.method == "GET":
        return {}
    return {"included": [call.store.get("user", call.actor.uuid) or _author(call)]}


def _author(call: RouteCall) -> Document:
    """Without links."""
    told = user(call.actor, call.iso)
    return {key: told[key] for key in ("type", "id", "attributes")}


RULES = replace(_PLAIN, complete=_complete, show_written=_shown_written, beside=_beside)
