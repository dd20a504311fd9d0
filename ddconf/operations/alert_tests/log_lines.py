"""Lines of logs as events: run through the pipelines, each at the time that is found in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ddconf.alerting.events import ArrivedEvent
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.pipelines.log import Log


def timed_events(
    bench: AlertBench, lines: Iterable[str], given: Mapping[str, Any]
) -> tuple[list[ArrivedEvent], int]:
    """The events in the order of their times, and how many lines have none; `given` are official fields."""
    events: list[ArrivedEvent] = []
    undated = 0
    for line in lines:
        if not line.strip():
            continue
        log = bench.pipelines.run(Log.from_text(line.rstrip("\r\n"), **given)).log
        if log.timestamp is None:
            undated += 1
        else:
            events.append(ArrivedEvent(log.timestamp / 1000, log))
    return sorted(events, key=lambda event: event.time), undated
