"""The text of log monitors' queries: `logs("...").index("*").rollup("sum", "@x").by("@y").last("5m") > 10`.

https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TEXT = r'"((?:\\.|[^"\\])*)"'
_SEARCH = re.compile(rf"\blogs\(\s*{_TEXT}\s*\)", re.DOTALL)
_METHOD = re.compile(rf"\s*\.(\w+)\(\s*((?:{_TEXT}\s*,?\s*)*)\)", re.DOTALL)
_ARGUMENT = re.compile(_TEXT, re.DOTALL)

Spot = tuple[str, int]
"""A name and where it starts in the monitor's query."""


@dataclass(frozen=True, slots=True)
class LogsCall:
    """One `logs(...)` with its methods; `written` is the search as it stands in the text, from `start` on."""

    written: str
    start: int
    indexes: tuple[Spot, ...]
    aggregation: str
    measures: tuple[Spot, ...]
    groups: tuple[Spot, ...]

    @property
    def search(self) -> str:
        return re.sub(r"\\([\"\\])", r"\1", self.written)


def monitor_calls(query: str) -> Iterator[LogsCall]:
    """Every log search of a monitor's query."""
    for match in _SEARCH.finditer(query):
        arguments = dict(_methods(query, match.end()))
        rollup = arguments.get("rollup", ())
        yield LogsCall(
            match[1],
            match.start(1),
            _split(arguments.get("index", ())),
            rollup[0][0] if rollup else "count",
            _split(rollup[1:]),
            _split(arguments.get("by", ())),
        )


def _methods(query: str, at: int) -> Iterator[tuple[str, tuple[Spot, ...]]]:
    """The methods called from a place on, with their arguments."""
    while match := _METHOD.match(query, at):
        arguments = _ARGUMENT.finditer(query, match.start(2), match.end(2))
        yield match[1], tuple((argument[1], argument.start(1)) for argument in arguments)
        at = match.end()


def _split(texts: tuple[Spot, ...]) -> tuple[Spot, ...]:
    """`"@a,@b"` is two names."""
    return tuple(
        (match[0], start + match.start()) for text, start in texts for match in re.finditer(r"[^\s,]+", text)
    )
