"""JSON values as lines of YAML that are safe to print: the last step before a terminal or a page."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator

from ddconf.document import JSON
from ddconf.plans.normalize import is_digest

_PLAIN = re.compile(r"[A-Za-z_$/][^\n\"'#\\]*[^\s:\"'#\\]|[A-Za-z_]")
_NOT_TEXT = frozenset(("true", "false", "null", "yes", "no", "on", "off"))
# Cc and Cf hold escape sequences and the marks that reverse the order of text; the joiner makes emoji.
_HIDDEN = frozenset(("Cc", "Cf", "Zl", "Zp", "Cs", "Co"))
_JOINER = "\u200d"


def printable(text: str) -> str:
    """The text with every character that a terminal would act on written as an escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(_escape(char) if _is_hidden(char) else char for char in text)


def _is_hidden(char: str) -> bool:
    return char != _JOINER and unicodedata.category(char) in _HIDDEN


def _escape(char: str) -> str:
    return char.encode("unicode_escape", "backslashreplace").decode()


def scalar(value: JSON) -> str:
    """One value on one line, quoted where the bare text would be read as something else."""
    if value is SENSITIVE:
        return str(value)
    if not isinstance(value, str):
        return printable(json.dumps(value, ensure_ascii=False))
    plain = _PLAIN.fullmatch(value) and ": " not in value and value.lower() not in _NOT_TEXT
    return value if plain and printable(value) == value else quoted(value)


def quoted(value: JSON) -> str:
    """A text always in quotes, so that it is clear where it ends; other values as they are."""
    return str(value) if value is SENSITIVE else printable(json.dumps(value, ensure_ascii=False))


def lines(value: JSON) -> Iterator[str]:
    """A value as YAML: mappings and lists indented by two, texts of several lines as blocks."""
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from under(scalar(key), item)
    elif isinstance(value, list) and value:
        for item in value:
            first, *rest = lines(item)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    elif is_block(value):
        yield "|"
        yield from (f"  {printable(line)}" for line in value.removesuffix("\n").split("\n"))
    else:
        yield scalar(value)


def under(label: str, value: JSON) -> Iterator[str]:
    """A value beside its label, or below it."""
    first, *rest = lines(value)
    if isinstance(value, dict | list) and value:
        yield f"{label}:"
        yield from (f"  {line}" for line in (first, *rest))
    else:
        yield f"{label}: {first}"
        yield from rest


def is_block(value: JSON) -> bool:
    """Whether a text has several lines."""
    return isinstance(value, str) and "\n" in value.strip("\n")


class Sensitive(str):
    """What is printed in place of a secret: bare, unlike a text of the same words."""

    __slots__ = ()


SENSITIVE = Sensitive("(sensitive value)")


def veiled(value: JSON) -> JSON:
    """The value with `(sensitive value)` for every digest of a secret."""
    if isinstance(value, dict):
        return {key: veiled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [veiled(item) for item in value]
    return SENSITIVE if is_digest(value) else value
