"""What each step did to a log, as a table for a terminal: the step, what matched, what changed or why not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap
from typing import NamedTuple

from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.trace import LogChange, Outcome, ProcessorReport, Reason, Step
from ddconf.render.style import bold, paint
from ddconf.render.values import printable, quoted

_HEAD = ("STEP", "MATCHED", "CHANGED, OR WHY NOT")
_STEP, _BOTH = 0.34, 0.6
"""How much of the width the step may take, and step and match together."""
_NARROWEST, _GAP = 60, "  "
_MOST_LINES, _BEFORE = 4, 40
"""Lines of one change, and characters of a value that is no more; the rest is cut."""
_NAMED = frozenset((Reason.FILTER, Reason.DISABLED, Reason.KEPT, Reason.UNKNOWN_TYPE))
"""Reasons that the detail alone does not tell."""


class _Row(NamedTuple):
    """One step; `changes` are a symbol and words each."""

    depth: int
    step: str
    matched: str
    changes: tuple[tuple[str, str], ...]
    idle: bool


def steps_table(outcome: Outcome, names: Sequence[str], width: int, *, color: bool = False) -> Iterator[str]:
    """Lines of at most `width` characters; `names` are those of the pipelines."""
    rows = [_row(step, names) for step in outcome.trace]
    width = max(width, _NARROWEST)
    first = _fitting([2 * row.depth + len(row.step) for row in rows], _HEAD[0], width * _STEP)
    second = _fitting([len(row.matched) for row in rows], _HEAD[1], width * _BOTH - first)
    yield bold(f"{_HEAD[0]:{first}}{_GAP}{_HEAD[1]:{second}}{_GAP}{_HEAD[2]}", color)
    for row in rows:
        yield from _lines(row, first, second, width - first - second - 2 * len(_GAP), color)


def _fitting(lengths: Sequence[int], head: str, most: float) -> int:
    return min(max([len(head), *lengths]), int(most))


def _row(step: Step, names: Sequence[str]) -> _Row:
    name = names[int(step.path[0])] if len(step.path) == 1 else step.name
    why = _why(step.report)
    changes = [*([("", printable(why))] if why else []), *map(_change, step.changes)]
    if not changes and step.type != "pipeline":
        changes = [("", "no change")]
    label, matched = printable(f"{step.type} {name}".strip()), printable(step.report.matched)
    return _Row(len(step.path) // 2, label, matched, tuple(changes), not step.applied)


def _why(report: ProcessorReport) -> str:
    """Why a step did nothing, or not all of it."""
    reason = report.reason if report.reason in _NAMED or not report.detail else None
    return ": ".join(filter(None, (reason, report.detail)))


def _change(change: LogChange) -> tuple[str, str]:
    place = printable(change.place)
    if change.after is ABSENT:
        return "-", f"{place}: {quoted(change.before)}"
    if change.before is ABSENT:
        return "+", f"{place}: {quoted(change.after)}"
    return "~", f"{place}: {_cut(quoted(change.before))} -> {quoted(change.after)}"


def _cut(text: str) -> str:
    return text if len(text) <= _BEFORE else text[: _BEFORE - 1] + "…"


def _lines(row: _Row, first: int, second: int, third: int, color: bool) -> Iterator[str]:
    indent, dim = "  " * row.depth, "#" if row.idle else ""
    step = wrap(row.step, first, initial_indent=indent, subsequent_indent=f"{indent}  ")
    matched = wrap(row.matched, second, break_on_hyphens=False)
    changed = [
        paint(line, symbol or dim, color)
        for symbol, words in row.changes
        for line in _wrapped(symbol, words, third)
    ]
    for left, middle, right in zip_longest(step, matched, changed, fillvalue=""):
        before = f"{left:{first}}{_GAP}{middle:{second}}{_GAP}"
        yield (paint(before, dim, color) + right).rstrip()


def _wrapped(symbol: str, words: str, width: int) -> list[str]:
    """The words on lines of the column, a change behind its symbol and cut where it gets long."""
    if not symbol:
        return wrap(words, width, break_on_hyphens=False)
    return wrap(
        words,
        width,
        initial_indent=f"{symbol} ",
        subsequent_indent="  ",
        break_on_hyphens=False,
        max_lines=_MOST_LINES,
        placeholder=" …",
    )
