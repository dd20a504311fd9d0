"""What a changed query changes, part by part: `threshold: > 90 -> > 95`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.document import JSON
from ddconf.render.lines import Line
from ddconf.render.values import printable

_LABELS = ("query", "q", "formula", "numerator", "denominator")
_NONE = "(none)"


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
