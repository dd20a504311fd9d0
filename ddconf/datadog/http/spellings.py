"""The ways in which a secret may come back: a server that repeats it in an error seldom does so verbatim."""

from __future__ import annotations

import base64
import json
from html import escape
from urllib.parse import quote, quote_plus

SHORTEST = 4
"""Shorter values stand in texts by chance."""
_APOSTROPHES = ("&#x27;", "&#39;", "&apos;")


def spellings(value: str) -> frozenset[str]:
    """The value and its lines: as they are, as in JSON, in a URL, in HTML, and as a part of base64."""
    parts = {part for part in (value, *value.splitlines()) if len(part) >= SHORTEST}
    return frozenset(spelt for part in parts for spelt in _spellings(part) if len(spelt) >= SHORTEST)


def _spellings(text: str) -> set[str]:
    html = escape(text)
    found = {text, escape(text, quote=False), *(html.replace("&#x27;", quoted) for quoted in _APOSTROPHES)}
    urls = {quote(text, safe=""), quote(text), quote_plus(text)}
    found |= urls | {_lower_hex(url) for url in urls}
    found |= {json.dumps(spelt, ensure_ascii=ascii_)[1:-1] for spelt in found for ascii_ in (True, False)}
    found |= {json.dumps(text)[1:-1].replace("/", "\\/")}
    return found | _in_base64(text.encode())


def _lower_hex(url: str) -> str:
    head, *rest = url.split("%")
    return "%".join((head, *(piece[:2].lower() + piece[2:] for piece in rest)))


def _in_base64(content: bytes) -> set[str]:
    """What base64 makes of the bytes wherever they begin, such as after `user:`; without the mixed ends."""
    found = set()
    for before in range(3):
        text = base64.b64encode(bytes(before) + content).decode().rstrip("=")
        inner = text[(before * 8 + 5) // 6 : len(text) - bool((before + len(content)) % 3)]
        if len(inner) >= 2 * SHORTEST:
            found |= {inner, inner.replace("+", "-").replace("/", "_")}
    return found
