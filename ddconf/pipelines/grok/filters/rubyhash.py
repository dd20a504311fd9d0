"""The filter rubyhash: `{:status=>500, name: "x"}` -> {"status": 500.0, "name": "x"}."""

from __future__ import annotations

import re
from typing import Any

from ddconf.pipelines.grok.filters.numbers import text_of
from ddconf.pipelines.grok.registry import Filter, FilterError, grok_filter

_BLANKS = re.compile(r"\s*")
_STRING = re.compile(r""""((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'""", re.DOTALL)
_WORD = re.compile(r"\w[\w.?!-]*")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?(?![\w.])", re.ASCII)
_BARE = re.compile(r"[^,\]}\s][^,\]}]*")
_WORDS: dict[str, Any] = {"nil": None, "true": True, "false": False}
_DEEPEST = 100


@grok_filter(
    "rubyhash",
    (
        "%{data:x:rubyhash}",
        '{:status=>500, name: "x", "list" => [:a, {}]}',
        {"x": {"status": 500.0, "name": "x", "list": ["a"]}},
    ),
    ("%{data:x:rubyhash}", '{:a=>["b", "c"}', {"x": {"a": ["b", "c"]}}),
    ("%{data:x:rubyhash}", "no hash", {}),
)
def rubyhash() -> Filter:
    """the members of a Ruby hash; all numbers are doubles, escapes in strings stay as they are"""
    return lambda value: parse_ruby_hash(text_of(value))


def parse_ruby_hash(text: str) -> dict[str, Any]:
    """Raises FilterError for text that is not a hash; a list that is not closed ends with its hash."""
    reader = _Reader(text)
    if not reader.accept("{"):
        raise FilterError(text)
    result = reader.members(0)
    if reader.rest():
        raise FilterError(text)
    return result


class _Reader:
    """A cursor over the text; each method reads one construct."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def members(self, depth: int) -> dict[str, Any]:
        """hash := "{" [ key ( "=>" | ":" ) value { "," key ( "=>" | ":" ) value } ] "}" """
        result: dict[str, Any] = {}
        while not self.accept("}"):
            if result and not self.accept(","):
                raise FilterError(self.text)
            key = self.key()
            if not (self.accept("=>") or self.accept(":")):
                raise FilterError(self.text)
            result[key] = self.value(depth)
        return result

    def key(self) -> str:
        """key := [ ":" ] ( string | word )"""
        self.accept(":")
        self.blanks()
        match = self.match(_STRING) or self.match(_WORD)
        if match is None:
            raise FilterError(self.text)
        return _text(match)

    def value(self, depth: int) -> Any:
        """value := hash | list | string | ":" key | number | "nil" | "true" | "false" | bare text"""
        if depth > _DEEPEST:
            raise FilterError(self.text)
        if self.accept("{"):
            return self.members(depth + 1)
        if self.accept("["):
            return self.items(depth + 1)
        if match := self.match(_STRING):
            return _text(match)
        if match := self.match(_NUMBER):
            return float(match[0])
        if self.text.startswith(":", self.at):
            return self.key()
        match = self.match(_BARE)
        if match is None:
            raise FilterError(self.text)
        return _WORDS.get(match[0].strip(), match[0].strip())

    def items(self, depth: int) -> list[Any]:
        """list := "[" [ value { "," value } ] ( "]" | before "}" )"""
        result: list[Any] = []
        while not self.accept("]"):
            self.blanks()
            if self.text.startswith("}", self.at):
                break
            if result and not self.accept(","):
                raise FilterError(self.text)
            self.blanks()
            result.append(self.value(depth))
        return result

    def accept(self, literal: str) -> bool:
        self.blanks()
        found = self.text.startswith(literal, self.at)
        self.at += len(literal) * found
        return found

    def match(self, expression: re.Pattern[str]) -> re.Match[str] | None:
        self.blanks()
        found = expression.match(self.text, self.at)
        self.at = found.end() if found else self.at
        return found

    def blanks(self) -> None:
        found = _BLANKS.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def rest(self) -> str:
        return self.text[self.at :].strip()


def _text(match: re.Match[str]) -> str:
    return next((group for group in match.groups() if group is not None), match[0])
