"""JSON values as lines of YAML that are safe to print: the last step before a terminal or a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ddconf.definitions.yaml.write import dump, flow
from ddconf.document import JSON
from ddconf.plans.normalize import is_digest

SENSITIVE = "(sensitive value)"
# Escape sequences, marks that reverse the order of text, separators of lines; the joiner makes emoji.
_HIDDEN = frozenset(("Cc", "Cf", "Zl", "Zp", "Cs", "Co"))
_JOINER = "\u200d"
_USERINFO = re.compile(r"://[^/\s@?#:]*:[^/\s@?#]+@")
"""In clear, or as a digest."""


def printable(text: str) -> str:
    """The text with every character that a terminal would act on written as an escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(char) if _is_hidden(char) else char for char in text)


def _is_hidden(char: str) -> bool:
    return char != _JOINER and unicodedata.category(char) in _HIDDEN


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode()


def lines(value: JSON) -> Iterator[str]:
    """A value as it would stand in a definition."""
    return (printable(line) for line in dump(veiled(value)).removesuffix("\n").split("\n"))


def quoted(value: JSON) -> str:
    """A value on one line, a text always in quotes, so that it is clear where it ends."""
    return printable(flow(value))


def is_block(value: JSON) -> bool:
    """Whether a text has several lines."""
    return isinstance(value, str) and "\n" in value


def veiled(value: JSON) -> JSON:
    """The value with `(sensitive value)` for every digest of a secret, and for `user:password` in a URL."""
    if isinstance(value, dict):
        return {key: veiled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [veiled(item) for item in value]
    if isinstance(value, str) and "://" in value:
        value = _USERINFO.sub(f"://{SENSITIVE}@", value)
    return SENSITIVE if is_digest(value) else value
