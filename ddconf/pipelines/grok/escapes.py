"""Escapes and classes of Java regexes: one `\\...` or `[...]` of a pattern -> a set of characters."""

from __future__ import annotations

import re

from ddconf.pipelines.grok.charset import ESCAPES, POSIX, UNICODE, CharSet, one, span
from ddconf.pipelines.grok.errors import PatternError, did_you_mean

_CONTROLS = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "a": "\a", "e": "\x1b"}
_CODE = re.compile(r"\\(?:x([0-9a-fA-F]{2})|x\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|0([0-3]?[0-7]{1,2}))")
_PROPERTY = re.compile(r"\\([pP])(?:\{(\^?)(\w+)\}|([A-Z]))")
_QUOTED = re.compile(r"\\Q(.*?)(?:\\E|\Z)", re.DOTALL)
_DEEPEST = 20


def read_escape(pattern: str, start: int) -> tuple[CharSet, int]:
    r"""escape := "\" ( class letter | control letter | code | property | any character but a letter )"""
    character = pattern[start + 1 : start + 2]
    if not character:
        raise PatternError("the pattern ends in a single backslash", start, hint="write \\\\ for a backslash")
    if character in ESCAPES:
        return ESCAPES[character], start + 2
    if character in _CONTROLS:
        return one(_CONTROLS[character]), start + 2
    if character in "pP":
        return _property(pattern, start)
    if match := _CODE.match(pattern, start):
        return one(_character(match, start)), match.end()
    if character == "c" and (letter := pattern[start + 2 : start + 3]) and "@" <= letter <= "_":
        return one(chr(ord(letter) - 64)), start + 3
    if character.isascii() and character.isalnum():
        hint = f"write {character} for the letter itself" if character.isalpha() else ""
        raise PatternError(f"'\\{character}' means nothing in a regex", start, start + 2, hint)
    return one(character), start + 2


def _character(match: re.Match[str], start: int) -> str:
    code = next(group for group in match.groups() if group)
    number = int(code, 8 if match[4] else 16)
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise PatternError(f"there is no character {match[0]}", start, match.end())
    return chr(number)


def _property(pattern: str, start: int) -> tuple[CharSet, int]:
    match = _PROPERTY.match(pattern, start)
    if match is None:
        raise PatternError("'\\p' needs a name in braces", start, start + 2, "for example \\p{Alpha}")
    name = match[3] or match[4]
    found = POSIX.get(name) or UNICODE.get(name)
    if found is None:
        hint = did_you_mean(name, [*POSIX, *UNICODE])
        raise PatternError(f"unknown character property '{name}'", start, match.end(), hint)
    return (~found if (match[1] == "P") != bool(match[2]) else found), match.end()


def read_quoted(pattern: str, start: int) -> tuple[str, int]:
    r"""quoted := "\Q" any text [ "\E" ]"""
    match = _QUOTED.match(pattern, start)
    assert match is not None
    return match[1], match.end()


def read_class(pattern: str, start: int, depth: int = 0) -> tuple[CharSet, int]:
    """class := "[" [ "^" ] union { "&&" union } "]"; a first "]" is an ordinary character."""
    if depth > _DEEPEST:
        raise PatternError("classes are nested too deeply", start)
    at = start + 1
    negated = pattern.startswith("^", at)
    at += negated
    result: CharSet | None = None
    while True:
        union, at = _read_union(pattern, start, at, depth)
        result = union if result is None else result & union
        if not pattern.startswith("&&", at):
            return (~result if negated else result), at + 1
        at += 2


def _read_union(pattern: str, start: int, at: int, depth: int) -> tuple[CharSet, int]:
    """union := { class | escape | range | quoted }, up to "]" or "&&" """
    result: CharSet | None = None
    while True:
        if at >= len(pattern):
            raise PatternError(
                "this class is not closed", start, len(pattern), "a class ends with ]; write \\[ for ["
            )
        if pattern.startswith("&&", at) or (pattern[at] == "]" and result is not None):
            if result is None:
                raise PatternError(
                    "'&&' needs a set on both sides", at, at + 2, "write \\& for the character"
                )
            return result, at
        if pattern.startswith("\\Q", at):
            quoted, at = read_quoted(pattern, at)
            items = [one(character) for character in quoted]
        elif pattern[at] == "[":
            item, at = read_class(pattern, at, depth + 1)
            items = [item]
        else:
            item, at = _read_range(pattern, at)
            items = [item]
        for item in items:
            result = item if result is None else result | item


def _read_range(pattern: str, start: int) -> tuple[CharSet, int]:
    """range := character [ "-" character ]"""
    low, at = _read_one(pattern, start)
    following = pattern[at + 1 : at + 2]
    if pattern[at : at + 1] != "-" or following in ("", "]", "[") or pattern.startswith("&&", at + 1):
        return low, at
    first = low.single
    if not first:
        return low, at
    high, end = _read_one(pattern, at + 1)
    last = high.single
    if not last:
        message = f"'{pattern[start:end]}' is not a range of characters"
        raise PatternError(message, start, end, "put the - first or last in the class")
    if first > last:
        raise PatternError(f"the range '{pattern[start:end]}' runs backwards", start, end)
    return span(first, last), end


def _read_one(pattern: str, at: int) -> tuple[CharSet, int]:
    if pattern[at] == "\\":
        return read_escape(pattern, at)
    return one(pattern[at]), at + 1
