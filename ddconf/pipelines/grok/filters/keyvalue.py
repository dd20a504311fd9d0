"""The filter keyvalue: `user=john id=12` -> {"user": "john", "id": 12}."""

from __future__ import annotations

import re
from collections.abc import Sequence as ListOf
from decimal import Decimal
from typing import Any, TypeAlias

from ddconf.pipelines.grok.attributes import split_key, store
from ddconf.pipelines.grok.charset import some
from ddconf.pipelines.grok.engine import Pattern, TimeLimit
from ddconf.pipelines.grok.errors import PatternError
from ddconf.pipelines.grok.escapes import read_class
from ddconf.pipelines.grok.filters.numbers import text_of
from ddconf.pipelines.grok.java import parse_pattern
from ddconf.pipelines.grok.numbers import number_or_text
from ddconf.pipelines.grok.registry import ArgumentError, Filter, grok_filter
from ddconf.pipelines.grok.tree import (
    Anchor,
    Chars,
    Choice,
    Extract,
    Look,
    Node,
    RegexScope,
    Repeat,
    Sequence,
)

Quotes: TypeAlias = ListOf[tuple[str, str]]

DEFAULT_QUOTES: Quotes = (('"', '"'), ("'", "'"), ("<", ">"))
_WORD = r"\w.\-@"
_BEFORE, _AFTER = r"[\s,;(\[{]", r"[\s,;)\]}]"
_DURATION = re.compile(r"([+-]?\d{1,15}(?:\.\d{1,15})?)(ns|us|µs|ms|s)", re.ASCII)
_MILLISECONDS = {
    "ns": Decimal("1e-6"),
    "us": Decimal("1e-3"),
    "µs": Decimal("1e-3"),
    "ms": Decimal(1),
    "s": Decimal(1000),
}
_WORDS: dict[str, Any] = {"true": True, "false": False, "null": None, "": None}


@grok_filter(
    "keyvalue",
    (
        "%{data::keyvalue}",
        'user=john id=12 ok=true name="J. D."',
        {"user": "john", "id": 12, "ok": True, "name": "J. D."},
    ),
    ("%{data::keyvalue}", "a.b=1.5, a.c=08", {"a": {"b": 1.5, "c": "08"}}),
    ('%{data:x:keyvalue(": ")}', "user: john", {"x": {"user": "john"}}),
    ("%{data::keyvalue}", "avg=263ms max=1.5s all=3m0s", {"avg": 263, "max": 1500, "all": "3m0s"}),
    ('%{data::keyvalue("=", "/:")}', "url=https://x.y/z?q", {}),
    ('%{data::keyvalue("=", "", "**")}', "a=*b c*", {"a": "b c"}),
    ('%{data::keyvalue("=", " ", "", "|")}', "a=b c|d=e", {"a": "b c", "d": "e"}),
)
def keyvalue(
    separator: str = "=", extra: str = "", quotes: str = "", delimiter: str = "", *, timeout: float
) -> Filter:
    r"""the pairs of key and value in the text

    A key or value is quoted, or letters, digits, `_.-@` and the `extra` characters (the inside of a regex
    class). `quotes` is an opening and a closing character, or one for both, instead of `"`, `'` and `<>`.
    `delimiter` is what stands between pairs: one character, or one before and one after; by default blanks,
    `,`, `;`, brackets. Dots in a key make a path, the same key again a list; empty values and `null` are left
    out. A duration in one unit (`263ms`, `1.5s`) becomes milliseconds.
    """
    if len(quotes) > 2:
        raise ArgumentError("quotes are the opening and the closing character, or one that is both")
    pairs = ((quotes[0], quotes[-1]),) if quotes else DEFAULT_QUOTES
    pattern = Pattern(_pair(separator, extra, pairs, delimiter), timeout, anchored=False)

    def parse(value: Any) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for found in pattern.find_all(text_of(value), TimeLimit(timeout)):
            groups = found.groups()
            key, item = parse_key(groups[0] or "", pairs), parse_value(groups[-1] or "", pairs)
            if key and " " not in key and item is not None:
                store(result, split_key(key), item)
        return result

    return parse


def parse_key(text: str, quotes: Quotes = DEFAULT_QUOTES) -> str:
    """The key without blanks around it and quotes."""
    return _unquoted(text.strip(), quotes)


def parse_value(text: str, quotes: Quotes = DEFAULT_QUOTES) -> Any:
    """The typed value; None for an empty one and for `null`. A quoted number or duration is text."""
    text = text.strip().rstrip(",")
    if text in _WORDS:
        return _WORDS[text]
    if duration := _DURATION.fullmatch(text):
        return int(Decimal(duration[1]) * _MILLISECONDS[duration[2]])
    typed = number_or_text(text)
    if typed is not text:
        return typed
    return _unquoted(text, quotes).strip()


def _unquoted(text: str, quotes: Quotes) -> str:
    for opening, closing in quotes:
        if text.startswith(opening) and (end := text.find(closing, 1)) > 0:
            return text[1:end]
    return text


def _pair(separator: str, extra: str, quotes: Quotes, delimiter: str) -> Node:
    """(start or delimiter before) key separator value (delimiter after or end)"""
    before = some(delimiter[0]).chars() if delimiter else read_class(_BEFORE, 0)[0].chars()
    after = some(delimiter[1:] or delimiter).chars() if delimiter else read_class(_AFTER, 0)[0].chars()
    text = Choice((*(_quoted(*pair) for pair in quotes), Repeat(_characters(extra), 1, None)))
    return Sequence(
        (
            Choice((Anchor("^"), Look(before, ahead=False, negative=False))),
            Extract(text, ("key",)),
            _separator(separator),
            Extract(text, ("value",)),
            Choice((after, Anchor("$"))),
        )
    )


def _quoted(opening: str, closing: str) -> Node:
    inside = Repeat((~some(opening)).chars(), 1, None)
    return Sequence((some(opening).chars(), inside, some(closing).chars()))


def _characters(extra: str) -> Chars:
    """The class of unquoted keys and values; `extra` that is not an inside of a class is taken literally."""
    text = f"[{_WORD}{extra}]"
    try:
        chars, end = read_class(text, 0)
    except PatternError:
        end = 0
    return chars.chars() if end == len(text) else (read_class(f"[{_WORD}]", 0)[0] | some(extra)).chars()


def _separator(separator: str) -> Node:
    """A regex; one character, or what is not a regex, is taken literally."""
    if len(separator) > 1:
        try:
            return RegexScope(parse_pattern(separator, tokens=False))
        except PatternError:
            pass
    return Sequence(tuple(some(character).chars() for character in separator))
