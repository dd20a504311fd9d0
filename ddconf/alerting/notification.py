"""A line of the timeline as the notification that is sent: title, text, recipients."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ddconf.alerting.events import EventSource
from ddconf.alerting.groups import Group
from ddconf.alerting.messages import Context, render, title_of
from ddconf.alerting.messages.calls import time_text
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.notifications import TimelineEntry
from ddconf.alerting.slo_source import SloSource
from ddconf.alerting.sources import CompositeSource, FormulaSource, GroupSource
from ddconf.alerting.status import Transition
from ddconf.alerting.timeline import Timeline
from ddconf.document import JSON
from ddconf.pipelines.log import Log
from ddconf.queries.monitors import Composite, EventAlert, SloAlert

_RECORDS = {
    "logs": "log",
    "spans": "span",
    "trace-analytics": "span",
    "rum": "rum",
    "events": "event",
    "audits": "audit",
    "ci-pipelines": "cipipeline",
    "ci-tests": "citest",
    "database-monitoring": "databasemonitoring",
    "error-tracking": "issue",
}
"""What a variable calls the matching event, by the source of the query."""


@dataclass(frozen=True, slots=True)
class Notification:
    title: str
    text: str
    recipients: tuple[str, ...]
    """Handles with their `@`."""
    priority: int | None
    shown: frozenset[int] = frozenset()
    """The positions of the message's blocks that are in the text."""


def notification_of(
    timeline: Timeline, entry: TimelineEntry, given: Mapping[str, Mapping[str, JSON]] | None = None
) -> Notification:
    """`given` are variables that only Datadog knows: `{"host": {"ip": "10.0.0.1"}}`."""
    monitor = timeline.monitor
    values = {**_of_monitor(monitor), **_of_entry(entry), **_of_source(timeline.source, monitor, entry)}
    for name, more in (given or {}).items():
        values[name] = {**values.get(name, {}), **more}
    context = Context(
        entry.change.transition,
        dict(entry.told_of),
        values,
        monitor.priority,
    )
    return _rendered(monitor, _template(monitor, entry), context)


def notification_without_data(monitor: Monitor, transition: Transition) -> Notification:
    """What a monitor would send of a transition, as far as its definition alone says."""
    context = Context(transition, {}, _of_monitor(monitor), monitor.priority)
    return _rendered(monitor, monitor.message, context)


def _rendered(monitor: Monitor, template: str, context: Context) -> Notification:
    rendered = render(template, context)
    include_tags = bool(monitor.options.get("include_tags", True))
    return Notification(
        title_of(monitor.name, context, include_tags=include_tags),
        rendered.text,
        tuple(f"@{recipient.handle}" for recipient in rendered.recipients),
        rendered.priority,
        rendered.shown,
    )


def _template(monitor: Monitor, entry: TimelineEntry) -> str:
    """A renotification has the escalation message as well."""
    escalation = str(monitor.options.get("escalation_message") or "")
    if entry.change.transition.is_renotify and escalation:
        return f"{monitor.message}\n{escalation}"
    return monitor.message


def _of_monitor(monitor: Monitor) -> dict[str, JSON]:
    thresholds = monitor.options.get("thresholds") or {}
    compared = monitor.thresholds
    values: dict[str, JSON] = {
        "threshold": compared.critical if compared else thresholds.get("critical"),
        "comparator": compared.comparator if compared else None,
        "warn_threshold": thresholds.get("warning"),
        "alert_recovery_threshold": thresholds.get("critical_recovery"),
        "warn_recovery_threshold": thresholds.get("warning_recovery"),
        "ok_threshold": thresholds.get("ok"),
    }
    if isinstance(monitor.query, SloAlert):
        values["timeframe"] = monitor.query.text("over")
    return values


def _of_entry(entry: TimelineEntry) -> dict[str, JSON]:
    change = entry.change
    values: dict[str, JSON] = {"value": change.value}
    if change.first_triggered is not None and change.last_triggered is not None:
        values["triggered_duration_sec"] = int(change.at - change.first_triggered)
        for name, time in (
            ("first_triggered_at", change.first_triggered),
            ("last_triggered_at", change.last_triggered),
        ):
            values[name] = time_text(time)
            values[f"{name}_epoch"] = int(time * 1000)
    return values


def _of_source(source: GroupSource, monitor: Monitor, entry: TimelineEntry) -> dict[str, JSON]:
    at, group = entry.change.at, entry.change.group
    if isinstance(source, EventSource):
        kind = monitor.query.source if isinstance(monitor.query, EventAlert) else "logs"
        return _record(kind, source.sample(group, at))
    if isinstance(source, FormulaSource):
        return _record("logs", next(iter(source.queries.values())).sample(group, at))
    if isinstance(source, SloSource):
        long, short = source.burn_rates(group, at)
        return {"long_window_burn_rate": long, "short_window_burn_rate": short}
    if isinstance(source, CompositeSource) and isinstance(monitor.query, Composite):
        return _letters(source, monitor.query, group, at)
    return {}


def _record(kind: str, log: Log | None) -> dict[str, JSON]:
    """One matching event, under the name that variables have for it."""
    name = _RECORDS.get(kind)
    if log is None or name is None:
        return {}
    fields: dict[str, JSON] = {
        "message": log.message,
        "service": log.service,
        "status": log.status,
        "source": log.source,
        "host": {"name": log.host} if name == "event" else log.host,
        "attributes": log.attributes,
        "tags": list(log.tags),
    }
    if name == "event":
        fields |= {"title": log.attributes.get("title"), "text": log.message}
    return {name: fields}


def _letters(source: CompositeSource, query: Composite, group: Group, at: float) -> dict[str, JSON]:
    """The parts as `a`, `b`, ... in the order of the query."""
    ids = dict.fromkeys(part.id for part in query.parts)
    statuses = source.statuses(group, at)
    return {chr(ord("a") + number): {"status": statuses.get(id)} for number, id in enumerate(ids)}
