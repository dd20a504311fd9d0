"""A place in the text of a query, and what every parser does there."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from ddconf.pipelines.query import QueryError

_BLANKS = re.compile(r"\s*")
_NEXT = re.compile(r"\w+|\S|\Z")
_DEEPEST = 60
T = TypeVar("T")


class Reader:
    """Reads from `at` on; every parser of a query's text is one."""

    def __init__(self, text: str, at: int = 0) -> None:
        self.text, self.at, self.depth = text, at, 0

    def peek(self) -> str:
        """The next character behind blanks, to which it moves; empty at the end."""
        at = self.at
        while self.text[at : at + 1].isspace():
            at += 1
        self.at = at
        return self.text[at : at + 1]

    def take(self, sign: str) -> bool:
        """Whether the sign comes next; then it is taken."""
        if self.peek() and self.text.startswith(sign, self.at):
            self.at += len(sign)
            return True
        return False

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The pattern behind blanks, taken where it is there."""
        self.peek()
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found

    def expect(self, sign: str, message: str, hint: str = "") -> None:
        if not self.take(sign):
            raise self.mistake(message, hint)

    def end(self, message: str, hint: str = "") -> None:
        """Nothing may follow but blanks."""
        if self.peek():
            raise self.mistake(message, hint)

    def nested(self, read: Callable[[], T]) -> T:
        """What `read` reads, one level deeper."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.mistake(f"nested more than {_DEEPEST} levels deep", "simplify the query")
        result = read()
        self.depth -= 1
        return result

    def mistake(self, message: str, hint: str = "", length: int = 0) -> QueryError:
        """A mistake at the next word or sign."""
        self.peek()
        found = _NEXT.match(self.text, self.at)
        return QueryError(self.text, self.at, message, hint, length or max(1, len(found[0]) if found else 1))

    def mistake_at(self, span: tuple[int, int], message: str, hint: str = "") -> QueryError:
        return QueryError(self.text, span[0], message, hint, max(1, span[1] - span[0]))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest of the known words; empty where none is near."""
    near = difflib.get_close_matches(word, list(known), 1)
    return f"did you mean '{near[0]}'?" if near else ""
