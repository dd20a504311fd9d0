"""What a changed monitor does otherwise: one group over the same data, before and after."""

from __future__ import annotations

from dataclasses import dataclass

from ddconf.alerting.run_record import GroupRecord
from ddconf.alerting.thresholds import Thresholds
from ddconf.alerting.windows import Span


@dataclass(frozen=True, slots=True)
class StatusComparison:
    """Over a test case, whose times count from its start, or over sample logs with times of their own."""

    title: str
    run: Span
    before: GroupRecord
    after: GroupRecord
    thresholds: tuple[Thresholds | None, Thresholds | None]
    """Before and after."""
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class MonitorEffect:
    """What a change does on the data at hand: in words, and the groups whose statuses it changes."""

    lines: tuple[str, ...] = ()
    charts: tuple[StatusComparison, ...] = ()
