"""Logs from the intake to their places, all of a request in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ddconf.document import Document
from ddconf.living.forwarding import forward
from ddconf.living.intake.log_bodies import Entry
from ddconf.living.intake.logs import read_log
from ddconf.living.routing.indexes import Index
from ddconf.living.routing.log_metrics import Measure
from ddconf.living.routing.routing import RoutedLog, Routing
from ddconf.living.sandbox import Sandbox
from ddconf.living.series import MetricSeries
from ddconf.living.sketch import Sketch
from ddconf.living.store.logs import NewLog
from ddconf.pipelines.log import Log

_OLDEST = 18 * 3600 * 1000  # milliseconds; older logs are taken and dropped
_OLDEST_MEASURE = 20 * 60 * 1000
_STEP = 10  # seconds of a point of a log-based metric


def take_logs(sandbox: Sandbox, entries: Sequence[Entry], given: Document) -> None:
    """Process entries and keep them; when it returns they are durable."""
    now = sandbox.clock.milliseconds
    logs = [_with_host_tags(sandbox, read_log(entry, given, sandbox.clock)) for entry in entries]
    fresh = [log for log in logs if sandbox.settings.any_age or (log.timestamp or 0) >= now - _OLDEST]
    sandbox.journal.count("logs_received", len(logs))
    sandbox.journal.count("logs_dropped_for_age", len(logs) - len(fresh))
    if not fresh:
        return
    routing = sandbox.routing()
    first = sandbox.logs.reserve(len(fresh))
    routed = [(first + place, routing.route(log, first + place)) for place, log in enumerate(fresh)]
    with sandbox.database.transaction():
        routed = _within_quota(sandbox, routing, routed)
        sandbox.logs.add([_new(number, one) for number, one in routed], now)
        measures = [
            (one.log.timestamp or 0, measure)
            for _, one in routed
            for measure in one.measures
            if sandbox.settings.any_age or (one.log.timestamp or 0) >= now - _OLDEST_MEASURE
        ]
        sandbox.metrics.put([*_series(measures), *_usage(now, [one for _, one in routed])], adds=True)
    forward(sandbox, routing, [(number, one) for number, one in routed if one.why.destinations])


def _with_host_tags(sandbox: Sandbox, log: Log) -> Log:
    tags = sandbox.hosts.tags(log.host)
    return replace(log, tags=tuple(dict.fromkeys((*log.tags, *tags)))) if tags else log


def _new(number: int, routed: RoutedLog) -> NewLog:
    why = routed.why
    place = why.index if why.indexed else None
    return NewLog(number, routed.log, place, why.archive, why.as_json())


def _within_quota(
    sandbox: Sandbox, routing: Routing, routed: list[tuple[int, RoutedLog]]
) -> list[tuple[int, RoutedLog]]:
    """With those marked that come after the day's quota of their index is used up."""
    limited = {index.name: index for index in routing.indexes if index.quota is not None}
    if not limited:
        return routed
    days = {name: quota_day(index, sandbox.clock()) for name, index in limited.items()}
    used = {name: sandbox.logs.count_quota(name, days[name]) for name in limited}
    taken: Counter[str] = Counter()
    made = []
    for number, one in routed:
        index = limited.get(one.why.index or "") if one.why.indexed else None
        if index and used[index.name] + taken[index.name] >= (index.quota or 0):
            one = replace(one, why=replace(one.why, over_quota=True))
        elif index:
            taken[index.name] += 1
        made.append((number, one))
    for name, count in taken.items():
        sandbox.logs.add_quota(name, days[name], count)
    return made


def quota_day(index: Index, now: datetime) -> str:
    """The day of an index that a moment is in, by the time at which its quota is reset."""
    reset = datetime.fromisoformat(f"2000-01-01T{index.reset}").astimezone(UTC)
    return f"{(now.astimezone(UTC) - timedelta(hours=reset.hour, minutes=reset.minute)).date()}"


def _series(measures: Iterable[tuple[int, Measure]]) -> list[MetricSeries]:
    """Measures added up by metric, tags and ten seconds."""
    counts: Counter[tuple[str, tuple[str, ...], int]] = Counter()
    values: dict[tuple[str, tuple[str, ...], int], list[float]] = {}
    for moment, measure in measures:
        key = (measure.metric, measure.tags, moment // 1000 // _STEP * _STEP)
        if measure.value is None:
            counts[key] += 1
        else:
            values.setdefault(key, []).append(measure.value)
    return [
        *(
            MetricSeries(name, "count", ((ts, float(number)),), tags, "", _STEP)
            for (name, tags, ts), number in counts.items()
        ),
        *(
            MetricSeries(name, "distribution", ((ts, Sketch.of(found)),), tags, "", _STEP)
            for (name, tags, ts), found in values.items()
        ),
    ]


def _usage(now: int, routed: Iterable[RoutedLog]) -> list[MetricSeries]:
    """How many logs came in, as Datadog counts them.

    https://docs.datadoghq.com/account_management/billing/usage_metrics/
    """
    counts = Counter(
        (
            f"datadog_index:{one.why.index}" if one.why.index else "",
            f"datadog_is_excluded:{str(bool(one.why.sampled and one.why.sampled.excluded)).lower()}",
            f"service:{one.log.service}" if one.log.service else "",
            f"status:{one.log.status}",
        )
        for one in routed
    )
    moment = now // 1000 // _STEP * _STEP
    return [
        MetricSeries(
            "datadog.estimated_usage.logs.ingested_events",
            "count",
            ((moment, float(number)),),
            tuple(sorted(tag for tag in tags if tag)),
            "",
            _STEP,
        )
        for tags, number in counts.items()
    ]
