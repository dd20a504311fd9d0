"""A line as typed tokens: times, addresses, numbers, words, quoted texts, punctuation, blanks."""

from __future__ import annotations

import re
from typing import NamedTuple

ISO_TIME = r"\d{4}[-/]\d{2}[-/]\d{2}[T _]\d{2}:\d{2}:\d{2}([.,]\d+)?( ?UTC|Z|[+-]\d{2}:?\d{2})?"
SYSLOG_TIME = r"[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2}"
_LEVELS = (
    "TRACE|DEBUG|DBG|INFO|INF|NOTICE|WARNING|WARN|WRN|ERROR|ERRO|ERR|CRITICAL|CRIT|FATAL|PANIC|ALERT"
    "|EMERG|SEVERE|LOG"
)
PATTERNS = {
    "iso_time": ISO_TIME,
    "syslog_time": SYSLOG_TIME,
    "access_time": r"\d{2}/[A-Z][a-z]{2}/\d{4}:\d{2}:\d{2}:\d{2}( [+-]\d{4}|\.\d+)?",
    "clock": r"\d{1,2}:\d{2}:\d{2}([.,]\d+)?",
    "ip": r"\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![\w.])",
    "epoch_time": r"1\d{9}(\.\d{1,9})?(?![\w.-])",
    "level": rf"({_LEVELS}|{_LEVELS.lower()}|{_LEVELS.title()})(?![\w.-])",
    "number": r"[+-]?\d+(\.\d+)?(?![\w.]*\w)",
    "quoted": r'"[^"]*"',
    "path": r"/[^\s,;:\"'()\[\]]+",
    "word": r"\w+([.-]+\w+)*",
    "blank": r"\s+",
    "other": r"[^\w\s]",
}
VALUES = frozenset(PATTERNS) - {"word", "blank", "other"}
"""Kinds of tokens whose text differs from line to line by nature."""
NAMED = frozenset(("word", "name"))
"""A word, and what layouts join of several: `org.shop.Cart`, `src/cart.go`."""
_TOKEN = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in PATTERNS.items()))


class LineToken(NamedTuple):
    """One token; `key` is what lines of one form have in common here."""

    kind: str
    text: str

    @property
    def key(self) -> str:
        """The kind of a value, the text of punctuation, one blank for many; `word` for any word."""
        if self.kind == "other":
            return self.text
        return " " if self.kind == "blank" else f"<{self.kind}>"


def tokens_of(line: str) -> tuple[LineToken, ...]:
    """The tokens of a line; together they are the line."""
    return tuple(LineToken(str(found.lastgroup), found[0]) for found in _TOKEN.finditer(line))
