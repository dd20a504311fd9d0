"""What a changed query changes, part by part: `threshold: > 90 -> > 95`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import takewhile

from ddconf.document import JSON
from ddconf.render.lines import Line, replaced
from ddconf.render.values import printable, quoted

_LABELS = ("query", "q", "formula", "numerator", "denominator")
_NONE = "(none)"


def changed_lines(label: str, before: JSON, after: JSON, depth: int, remark: str = "") -> Iterator[Line]:
    """A value before and after; below it the parts of a query, or the words of a long text, that differ."""
    shown = list(replaced(label, before, after, depth, remark))
    yield from shown
    parts = list(part_lines(label, before, after, depth))
    if not parts and len(shown) > 1 and isinstance(before, str) and isinstance(after, str):
        parts = list(_words(before, after, depth))
    yield from parts


def _words(before: str, after: str, depth: int) -> Iterator[Line]:
    """The stretch of words that differs, where most of the text does not."""
    old, new = before.split(" "), after.split(" ")
    start = _common(old, new)
    end = _common(reversed(old[start:]), reversed(new[start:]))
    gone, come = (" ".join(words[start : len(words) - end]) for words in (old, new))
    if len(gone) + len(come) <= (len(before) + len(after)) / 2:
        yield Line("#", f"changed: {quoted(gone)} -> {quoted(come)}", depth + 1)


def _common(one: Iterable[str], other: Iterable[str]) -> int:
    """How many words both begin with."""
    return sum(1 for _ in takewhile(lambda both: both[0] == both[1], zip(one, other, strict=False)))


def part_lines(label: str, before: JSON, after: JSON, depth: int) -> Iterator[Line]:
    """A line for every part, one level below the field; nothing where the text is no such query."""
    if not (isinstance(before, str) and isinstance(after, str) and _is_query(label)):
        return
    from ddconf.queries.difference import query_changes

    for change in query_changes(before, after):
        old, new = (printable(text) or _NONE for text in (change.before, change.after))
        symbol = "+" if not change.before else "-" if not change.after else "~"
        yield Line(symbol, f"{change.part}: {old} -> {new}", depth + 1)


def _is_query(label: str) -> bool:
    """Whether a field has the name of one that holds queries: `[3].definition.requests[0].q (Title)`."""
    return label.split(" ")[0].rsplit(".", 1)[-1] in _LABELS
