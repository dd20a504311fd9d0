"""The span of time that queries look at, cut into buckets; a single number is a series of one bucket."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ddconf.pipelines.log import Log

SECOND = 1000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_INTERVALS = (
    *(SECOND * number for number in (1, 2, 5, 10, 15, 30)),
    *(MINUTE * number for number in (1, 2, 5, 10, 15, 30)),
    *(HOUR * number for number in (1, 2, 4, 6, 12)),
    *(DAY * number for number in (1, 2, 7, 14, 28, 91, 364, 3640)),
)
_BUCKETS = 60
_MOST_BUCKETS = 1500


@dataclass(frozen=True, slots=True)
class TimeFrame:
    """From `start` to before `end`, in steps of `interval`; all in milliseconds since the epoch."""

    start: int
    end: int
    interval: int

    @property
    def starts(self) -> range:
        """The first millisecond of each bucket."""
        return range(self.start, self.end, self.interval)

    @property
    def seconds(self) -> float:
        """The length of a bucket."""
        return self.interval / SECOND

    def bucket(self, log: Log) -> int | None:
        """The number of the bucket that a log falls in; None outside, and for a log without a time."""
        if log.timestamp is None or not self.start <= log.timestamp < self.end:
            return None
        return (log.timestamp - self.start) // self.interval

    def whole(self) -> TimeFrame:
        """The same span as one bucket."""
        return TimeFrame(self.start, self.end, self.end - self.start)

    def every(self, interval: int) -> TimeFrame:
        """The same span in other steps, begun and ended on a multiple of them, and not in too many."""
        shortest = (self.end - self.start) // _MOST_BUCKETS + 1
        return _aligned(self.start, self.end, max(interval, shortest))

    def shifted(self, milliseconds: int) -> TimeFrame:
        """A window of the same shape, later by so much."""
        return TimeFrame(self.start + milliseconds, self.end + milliseconds, self.interval)


def window_of(logs: Iterable[Log]) -> TimeFrame:
    """The span of the logs in about sixty buckets at most, of a length that people count in."""
    times = [log.timestamp for log in logs if log.timestamp is not None] or [0]
    return frame_over(min(times), max(times) + 1)


def frame_over(start: int, end: int) -> TimeFrame:
    """A span, in milliseconds, in about sixty buckets at most."""
    interval = next((step for step in _INTERVALS if end - start <= step * _BUCKETS), _INTERVALS[-1])
    return _aligned(start, end, interval)


def _aligned(start: int, end: int, interval: int) -> TimeFrame:
    return TimeFrame(start // interval * interval, -(-end // interval) * interval, interval)
