"""What can go wrong with grok: a rule that is refused when compiled, and a rule that runs away when used."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from ddconf.errors import DdconfError, Diagnostic, Source


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake in the text of the `match` or the `support` rules; line and column count from 1."""

    text: str
    line: int
    column: int
    length: int
    message: str
    hint: str = ""

    def diagnostic(self) -> Diagnostic:
        source = Source(f"{self.text}_rules", self.line, self.column)
        return Diagnostic(self.message, source, self.hint, length=self.length)


class GrokError(DdconfError):
    """Rules that cannot be compiled; `mistakes` has all of them, in the order of the texts."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(sorted(mistakes, key=lambda item: (item.text, item.line, item.column)))
        super().__init__(*(mistake.diagnostic() for mistake in self.mistakes))


class GrokTimeout(DdconfError):
    """A rule was still matching one text when the time limit was over."""

    def __init__(self, rule: str, seconds: float) -> None:
        self.rule = rule
        hint = "give neighbouring data tokens different separators, or use notSpace, word or regex instead"
        super().__init__(
            Diagnostic(f"grok rule '{rule}' ran longer than {seconds:g} s on one text", hint=hint)
        )


class PatternError(Exception):
    """A mistake at an offset of one pattern; the compiler turns it into a Mistake with line and column."""

    def __init__(self, message: str, start: int, end: int | None = None, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.start, self.hint = message, start, hint
        self.end = end if end is not None else start + 1


_SIMILAR = 0.65


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """A hint with the most similar known name, or an empty text."""
    names = [*known]
    close = difflib.get_close_matches(name.lower(), {item.lower() for item in names}, n=1, cutoff=_SIMILAR)
    if not close:
        return ""
    spellings = [item for item in names if item.lower() == close[0]]
    return f"did you mean '{difflib.get_close_matches(name, spellings, n=1, cutoff=0)[0]}'?"
