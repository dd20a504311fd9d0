"""May the windows of a monitor share one computation of its query?

They may not where a value depends on where the window begins or on what comes after its end.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ddconf.alerting.metrics.fill import LIMIT, Fill
from ddconf.alerting.metrics.functions import FROM_THE_WINDOW
from ddconf.alerting.metrics.samples import MetricType, Samples
from ddconf.alerting.metrics.space import SeriesSelection
from ddconf.alerting.metrics.time import TimeAggregation
from ddconf.queries.tree import Expression, Name, Number, all_series, calls, nodes

_RANKED = re.compile(r"(top|bottom)\d*(_\w+)?|reduce|calendar_shift")
_SPANNED = re.compile(r"(ewma|median|rollingavg)_(\d+)")
_REMEMBERS = frozenset(
    {"diff", "monotonic_diff", "derivative", "rate", "per_second", "per_minute", "per_hour", "dt"}
)
"""What looks for the value before, however long ago it was."""
_EWMA = 5
"""After so many spans nothing is left of a first value."""


def can_share(tree: Expression, selections: Sequence[SeriesSelection], interval: float) -> bool:
    if any(isinstance(node, Name) for node in nodes(tree)):
        return False
    if any(call.function in FROM_THE_WINDOW or _RANKED.fullmatch(call.function) for call in calls(tree)):
        return False
    remembers = any(call.function in _REMEMBERS or _SPANNED.fullmatch(call.function) for call in calls(tree))
    if not remembers and not _interpolates(tree, selections):
        return True
    return all(
        _is_regular(samples, interval)
        for selection in selections
        for members in selection.groups.values()
        for samples in members
        if remembers or samples.type is MetricType.GAUGE
    )


def lookback(tree: Expression, interval: float) -> float:
    """How many seconds before the window matter to it."""
    longest = max([LIMIT, *(fill.limit for fill in _fills(tree))], default=0)
    for call in calls(tree):
        if spanned := _SPANNED.fullmatch(call.function):
            longest = max(longest, int(spanned[2]) * interval * _EWMA)
        if call.function == "moving_rollup":
            numbers = [item.value for item in call.arguments if isinstance(item, Number)]
            longest = max(longest, *numbers, 0)
    return longest + interval


def _fills(tree: Expression) -> list[Fill]:
    found = (TimeAggregation.read(series).fill for series in all_series(tree))
    return [fill for fill in found if fill is not None]


def _interpolates(tree: Expression, selections: Sequence[SeriesSelection]) -> bool:
    return (
        len(selections) > 1
        or any(fill.method == "linear" for fill in _fills(tree))
        or any(call.function == "default_zero" for call in calls(tree))
        or any(len(members) > 1 for selection in selections for members in selection.groups.values())
    )


def _is_regular(samples: Samples, interval: float) -> bool:
    """Does every bucket between the first and the last sample hold one? Then nothing is interpolated."""
    if not samples.times:
        return True
    whole = samples.times[-1] // interval - samples.times[0] // interval + 1
    return whole == len({time // interval for time in samples.times})
