"""The year of a date that is written without one: in a log of 1 January, 31 December is last year's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime


def nearest(today: date, instant: Callable[[int], int]) -> int:
    """Of the instants in last year, this year and next year the one that is nearest to today's midnight.

    `instant` gives the milliseconds since the epoch of the date in a year; it raises ValueError where the
    year has no such day. ValueError is raised where none of the three years has it.
    """
    found: list[int] = []
    for year in (today.year, today.year - 1, today.year + 1):
        try:
            found.append(instant(year))
        except ValueError:
            continue
    if not found:
        raise ValueError("no such day in any year around")
    midnight = datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp() * 1000
    return min(found, key=lambda moment: abs(moment - midnight))
