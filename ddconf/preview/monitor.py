"""The page of a monitor: what it asks, what it does on the data at hand, and what it says in each state."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from ddconf.alerting.groups import group_text, values_text
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.notification import Notification, notification_of, notification_without_data
from ddconf.alerting.run_record import ScenarioRecord
from ddconf.alerting.slo_source import SloSource
from ddconf.alerting.status import Status, Transition
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.document import Document
from ddconf.errors import DdconfError
from ddconf.preview.burn_rates import burn_rate_facts
from ddconf.preview.material import MonitorMaterial
from ddconf.render.markup import Html, element, join
from ddconf.render.page import page
from ddconf.render.status_chart import Clock, StatusChart, draw, limits_of
from ddconf.render.status_text import number_text

_MOST_GROUPS = 12
"""Of one scenario."""
_NO_DATA_HERE = "No test case or sample log has data for this monitor; write some in a file *.test.yaml."


def monitor_page(material: MonitorMaterial, name: str, *, served: bool) -> str:
    """The whole page; what cannot be computed is said on it."""
    document = material.documents[name]
    title = str(document.get("name") or name)
    home = element("nav", element("a", "All previews", href="/")) if served else None
    head = element("header", home, element("h1", title), element("p", f"monitor.{name}", class_="about"))
    try:
        monitor = Monitor.read(document)
        runs = material.runs(name)
        sections = [_asked(monitor, document, runs), *_scenarios(runs), _messages(monitor, runs)]
    except (DdconfError, Uncomputable) as why:
        query = element("code", str(document.get("query") or ""))
        sections = [element("section", element("p", query), element("p", str(why)), class_="group refused")]
    return page(title, join(head, element("main", *sections, class_="monitor")))


def _asked(monitor: Monitor, document: Document, runs: Sequence[ScenarioRecord]) -> Html:
    facts = [*_facts(monitor), *_burn_rate(runs)]
    return element(
        "section",
        element("h2", "Query"),
        element("pre", str(document.get("query") or "")),
        element("ul", *(element("li", words) for words in facts), class_="facts"),
        class_="group",
    )


def _burn_rate(runs: Sequence[ScenarioRecord]) -> Iterator[str]:
    """What the critical threshold of a burn-rate alert means."""
    for run in runs[:1]:
        source, thresholds = run.recording.timeline.source, run.recording.thresholds
        if isinstance(source, SloSource) and thresholds:
            yield from burn_rate_facts(source, thresholds.critical)


def _facts(monitor: Monitor) -> Iterator[str]:
    yield monitor.type
    for limit in limits_of(monitor.thresholds):
        yield f"{limit.name.replace('_', ' ')} {number_text(limit.value)}"
    if monitor.groups:
        yield f"a status for each {', '.join(monitor.groups)}"
    if monitor.tells_no_data:
        yield "tells of missing data"
    if monitor.priority:
        yield f"priority {monitor.priority}"


def _scenarios(runs: Sequence[ScenarioRecord]) -> Iterator[Html]:
    if not runs:
        yield element("section", element("h2", "Data at hand"), element("p", _NO_DATA_HERE), class_="group")
    for run in runs:
        recording, clock = run.recording, _clock(run)
        groups = list(recording.timeline.history)
        limits = tuple(limits_of(recording.thresholds))
        charts = []
        for group in groups[:_MOST_GROUPS]:
            record = recording.group(group)
            charts += [
                element("h3", group_text(group)) if group else None,
                draw(
                    StatusChart(
                        recording.run, clock, record.values, (), limits, (("status", record.statuses),)
                    )
                ),
            ]
        more = len(groups) - _MOST_GROUPS
        yield element(
            "section",
            element("h2", run.title),
            *charts,
            element("p", f"and {more} more groups", class_="about") if more > 0 else None,
            None if groups else element("p", "No group is seen.", class_="about"),
            *(_sent(run, clock)),
            class_="group",
        )


def _sent(run: ScenarioRecord, clock: Clock) -> Iterator[Html]:
    """A line for each notification, with its text inside."""
    timeline = run.recording.timeline
    for entry in timeline.notified:
        change = entry.change
        value = "" if change.value is None else f" at {number_text(change.value)}"
        again = " again" if change.transition.is_renotify else ""
        words = f"{clock(change.at)} {change.transition.status}{again}: {values_text(change.group)}{value}"
        yield element(
            "details", element("summary", words), _notification(notification_of(timeline, entry, run.given))
        )


def _messages(monitor: Monitor, runs: Sequence[ScenarioRecord]) -> Html:
    """Of each state the first notification that the data bring about, or what the definition alone says."""
    shown = []
    for status in _states(monitor):
        found = _first(runs, status)
        note = "" if found else "No data at hand lead to this state, so values are missing."
        sent = found or notification_without_data(monitor, _transition(status))
        shown.append(
            element(
                "div",
                element("h3", element("i", class_=f"status {_class(status)}"), str(status)),
                element("p", note, class_="about") if note else None,
                _notification(sent),
            )
        )
    return element("section", element("h2", "Message in each state"), *shown, class_="group")


def _states(monitor: Monitor) -> Iterator[Status]:
    thresholds = monitor.options.get("thresholds") or {}
    yield Status.ALERT
    if thresholds.get("warning") is not None:
        yield Status.WARN
    if monitor.tells_no_data:
        yield Status.NO_DATA
    yield Status.OK


def _transition(status: Status) -> Transition:
    return Transition(Status.ALERT if status is Status.OK else Status.OK, status)


def _first(runs: Sequence[ScenarioRecord], status: Status) -> Notification | None:
    for run in runs:
        for entry in run.recording.timeline.notified:
            if entry.change.transition.status is status and not entry.change.transition.is_renotify:
                return notification_of(run.recording.timeline, entry, run.given)
    return None


def _notification(sent: Notification) -> Html:
    return element(
        "div",
        element("p", element("b", sent.title)),
        element("pre", sent.text or "(no text)", class_="text"),
        element("p", f"To {', '.join(sent.recipients) or 'nobody'}", class_="about"),
        class_="notification",
    )


def _class(status: Status) -> str:
    return {Status.ALERT: "alert", Status.WARN: "warn", Status.OK: "ok"}.get(status, "")


def _clock(run: ScenarioRecord) -> Clock:
    """Times of a test case count from its start."""
    start = run.recording.run[0]
    if run.is_sample:
        return lambda at: datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")
    return lambda at: str(timedelta(seconds=round(at - start)))[:-3]
