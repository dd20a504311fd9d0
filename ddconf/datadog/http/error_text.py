"""What an error answer says, in short plain texts, whichever of Datadog's shapes it has.

Recorded shapes: `{"errors": ["text"]}`, `{"errors": [{"title", "detail", ...}]}`,
`{"error": {"code", "message", "details"}}`, `{"data": {"attributes": {"errors": ["text"]}}}` of budgets, HTML
from a proxy, and nothing at all.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from ddconf.document import JSON, get

NOT_JSON = "the answer is not JSON"
"""Opens the text of an answer that some proxy gave in Datadog's stead."""
LONGEST_TEXT = 600
MOST_TEXTS = 10
_DEEPEST = 6


def texts(body: JSON, *, is_json: bool, secrets: Collection[str] = ()) -> tuple[str, ...]:
    """The messages of an error's body, with every secret struck out."""
    if not is_json:
        page = hidden(str(body), secrets)
        title = re.search(r"<title[^>]*>(.*?)</title>", page, re.DOTALL | re.IGNORECASE)
        shown = title[1] if title else re.sub(r"<[^>]*>", " ", page)
        return (short(f"{NOT_JSON}: {shown}" if shown.strip() else NOT_JSON, limit=160),)
    found = dict.fromkeys(short(hidden(text, secrets)) for text in _messages(body))
    return tuple(text for text in found if text)[:MOST_TEXTS]


def hidden(text: str, secrets: Iterable[str]) -> str:
    """The text with every secret struck out; longer ones first, since one may hold another."""
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "***")
    return text


def short(text: str, *, limit: int = LONGEST_TEXT) -> str:
    """One line without control characters, cut to the limit."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def _messages(body: JSON, depth: int = 0) -> Iterator[str]:
    if depth > _DEEPEST:
        return
    if isinstance(body, str):
        yield body
    elif isinstance(body, list):
        for item in body:
            yield from _messages(item, depth + 1)
    elif isinstance(body, dict):
        own = [body.get(key) for key in ("title", "message", "detail")]
        pointer = body.get("source")
        place = pointer.get("pointer") if isinstance(pointer, dict) else None
        words = [text for text in own if isinstance(text, str) and text]
        if words:
            yield ": ".join(dict.fromkeys(words)) + (f" ({place})" if place else "")
        for key in ("errors", "error", "details"):
            yield from _messages(body.get(key), depth + 1)
        yield from _messages(get(body, ("data", "attributes", "errors")), depth + 1)
