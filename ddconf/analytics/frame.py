"""The result of a query: a row of numbers, one for each bucket, for each group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

Group = tuple[str, ...]
Row = tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Rows by group, best group first; without facets there is one group, `()`."""

    facets: tuple[str, ...]
    rows: Mapping[Group, Row]
    missing: float | None = None
    """What a group without a row counts as in a formula."""

    @property
    def scalars(self) -> dict[Group, float | None]:
        """The first number of each row: all there is in a window of one bucket."""
        return {group: row[0] for group, row in self.rows.items()}

    def map(self, change: Callable[[Row], Row]) -> Frame:
        """Every row changed."""
        return replace(self, rows={group: change(row) for group, row in self.rows.items()})

    def each(self, change: Callable[[float], float | None]) -> Frame:
        """Every number changed; where there is none, there stays none."""
        return self.map(lambda row: tuple(None if value is None else change(value) for value in row))


def join(left: Frame, right: Frame, combine: Callable[[float, float], float | None]) -> Frame:
    """Rows of the same group combined bucket by bucket; a frame without facets goes with every group."""
    if not left.facets and right.facets:
        return join(right, left, lambda a, b: combine(b, a))
    width = max((len(row) for row in (*left.rows.values(), *right.rows.values())), default=0)
    groups = dict.fromkeys(left.rows if not right.facets else (*left.rows, *right.rows))
    rows = {}
    for group in groups:
        ours = left.rows.get(group) or (left.missing,) * width
        theirs = right.rows.get(group if right.facets else ()) or (right.missing,) * width
        rows[group] = tuple(
            None if a is None or b is None else combine(a, b) for a, b in zip(ours, theirs, strict=True)
        )
    return Frame(left.facets, rows)
