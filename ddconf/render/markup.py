"""HTML made of elements: every text is escaped, so nothing that comes from outside can be markup."""

from __future__ import annotations

import re
from html import escape

_VOID = frozenset(("br", "hr", "input", "link", "meta"))
_NAME = re.compile(r"[a-zA-Z][\w:-]*")


class Html(str):
    """A text that is markup already."""

    __slots__ = ()


Child = str | int | None
"""What stands in an element; a text that is not Html is escaped, None is left out."""


def element(tag: str, *children: Child, **attributes: str | int | bool | None) -> Html:
    """`element("p", "a < b", class_="note")`: underscores in names are hyphens, a last one is dropped.

    An attribute of None or False is left out, one of True stands without a value.
    """
    if not _NAME.fullmatch(tag):
        raise ValueError(f"no element is called {tag!r}")
    opening = tag + "".join(_attribute(name, value) for name, value in attributes.items())
    return Html(f"<{opening}>") if tag in _VOID else Html(f"<{opening}>{join(*children)}</{tag}>")


def join(*children: Child) -> Html:
    """Several things, one after another."""
    return Html("".join(text(child) for child in children if child is not None))


def text(child: Child) -> Html:
    return child if isinstance(child, Html) else Html(escape(str(child)))


def _attribute(name: str, value: str | int | bool | None) -> str:
    if value is None or value is False:
        return ""
    written = name.rstrip("_").replace("_", "-")
    return f" {written}" if value is True else f' {written}="{escape(str(value))}"'
