"""What the tests of alerting share: series, logs, and monitors run over them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ddconf.alerting.data import Data
from ddconf.alerting.events import ArrivedEvent
from ddconf.alerting.groups import values_text
from ddconf.alerting.metrics.samples import MetricType, Samples, read_values
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.timeline import Conditions, Timeline, run_monitor
from ddconf.pipelines.log import Log

START = datetime(2026, 1, 1, tzinfo=UTC).timestamp()
MINUTE = 60


def series(
    metric: str,
    values: str,
    *tags: str,
    type: MetricType = MetricType.GAUGE,
    every: float = MINUTE,
    first: float = 30,
) -> Samples:
    """One sample each minute, from half a minute after the start."""
    found = [(START + first + every * index, value) for index, value in enumerate(read_values(values))]
    kept = [(time, value) for time, value in found if value is not None]
    return Samples(metric, [time for time, _ in kept], [value for _, value in kept], tags, type)


def log(minute: float, message: str = "", **attributes: Any) -> ArrivedEvent:
    return ArrivedEvent(START + minute * MINUTE, Log(message, attributes, source="test"))


@dataclass(frozen=True)
class Desk:
    """A monitor and what it looks at; times are minutes from the start."""

    query: str
    series: Sequence[Samples] = ()
    logs: Sequence[ArrivedEvent] = ()
    type: str = "query alert"
    message: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    draft: bool = False
    conditions: Conditions = field(default_factory=Conditions)

    def run(self, minutes: float, **more: Any) -> Timeline:
        document = {
            "type": self.type,
            "query": self.query,
            "message": self.message,
            "name": "A monitor",
            "draft_status": "draft" if self.draft else "published",
            "options": {"new_group_delay": 0, **self.options},
        }
        data = Data(self.series, {"logs": self.logs}, **more)
        return run_monitor(Monitor.read(document), data, (START, START + minutes * MINUTE), self.conditions)

    def story(self, minutes: float, **more: Any) -> list[tuple[float, str, str]]:
        """(minute, group, status) of every change."""
        return [
            (
                (entry.change.at - START) / MINUTE,
                values_text(entry.change.group),
                str(entry.change.transition.status),
            )
            for entry in self.run(minutes, **more).entries
            if not entry.change.transition.is_renotify
        ]
