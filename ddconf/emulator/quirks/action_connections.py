"""Connections of actions: AWS gets an external id, secrets are never shown.

https://docs.datadoghq.com/api/latest/action-connection/
"""

from __future__ import annotations

import re
from dataclasses import replace

from ddconf.emulator.call import RouteCall
from ddconf.emulator.collections import plain
from ddconf.emulator.ids import hexadecimal
from ddconf.emulator.wire import Document, Json

_PLAIN = plain("action_connection")
_SECRET = re.compile(r"(^|_)(key|token|password|secret)$")
_PRINCIPAL = "464622532012"


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    document = _PLAIN.complete(call, sent, before)
    credentials = (document.get("integration") or {}).get("credentials")
    if isinstance(credentials, dict) and credentials.get("type") == "AWSAssumeRole":
        old = ((before or {}).get("integration") or {}).get("credentials") or {}
        own = {"external_id": old.get("external_id") or hexadecimal(call.store.random)}
        document["integration"]["credentials"] = {**credentials, **own, "principal_id": _PRINCIPAL}
    return document


def _show(call: RouteCall, document: Document) -> Document:
    shown = _PLAIN.show(call, document)
    content: Document = shown["attributes"]
    told = {**content, "integration": _without_secrets(content.get("integration"))}
    return shown | {"attributes": told} | ({"relationships": {}} if call.method == "GET" else {})


def _without_secrets(node: Json) -> Json:
    """A secret is shown as an empty text."""
    if isinstance(node, list):
        return [_without_secrets(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: "" if _is_secret(node, key) and isinstance(value, str) else _without_secrets(value)
        for key, value in node.items()
    }


def _is_secret(node: Document, key: str) -> bool:
    return bool(_SECRET.search(key)) or (key == "value" and node.get("type") == "SECRET")


CONNECTIONS = replace(_PLAIN, complete=_complete, show=_show, show_written=_show)
