"""Names of attributes: of keys before a value, Datadog's standard ones, or of the word before it.

https://docs.datadoghq.com/standard-attributes/
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ddconf.pipelines.induce.tokens import LineToken

_STANDARD = {
    "iso_time": ("date",),
    "syslog_time": ("syslog.timestamp",),
    "access_time": ("date_access",),
    "epoch_time": ("timestamp",),
    "level": ("level",),
    "name": ("logger.name",),
    "ip": ("network.client.ip", "network.destination.ip"),
    "path": ("path",),
}
_KEYS = {
    "source_ip": "network.client.ip",
    "client_ip": "network.client.ip",
    "destination_ip": "network.destination.ip",
    "users": "usr.name",
    "user": "usr.name",
}


def name_of_key(text: str) -> str:
    """`Source IP` as the standard attribute, any other key in snake case."""
    name = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_") or "value"
    return _KEYS.get(name, name if name[0].isalpha() else f"_{name}")


def name_of_value(before: Sequence[LineToken], token: LineToken, taken: set[str]) -> str:
    """A name that is not taken yet, which it is from now on."""
    name = _free(_wanted(before, token, taken), taken)
    taken.add(name)
    return name


def _wanted(before: Sequence[LineToken], token: LineToken, taken: set[str]) -> str:
    if name := _in_syslog_head(before, token):
        return name
    for standard in _STANDARD.get(token.kind, ()):
        if standard not in taken:
            return standard
    if len(before) > 1 and before[-1].text == ":" and before[-2].kind == "ip" and token.kind == "number":
        side = "network.destination" if "network.destination.ip" in taken else "network.client"
        return f"{side}.port"
    words = [item.text for item in before[-4:] if item.kind == "word" and not item.text[0].isdigit()]
    return name_of_key(words[-1]) if words else token.kind


def _in_syslog_head(before: Sequence[LineToken], token: LineToken) -> str:
    if token.kind == "number" and [item.text for item in before] == ["<"]:
        return "syslog.priority"
    if token.kind == "word" and len(before) > 1 and before[-2].kind == "syslog_time":
        return "syslog.hostname"
    if token.kind == "number" and len(before) > 1 and before[-1].text == "[" and before[-2].kind == "word":
        return "syslog.procid"
    return ""


def _free(name: str, taken: set[str]) -> str:
    number = 2
    found = name
    while found in taken:
        found = f"{name}_{number}"
        number += 1
    return found
