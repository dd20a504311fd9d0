"""When monitors would have alerted, as a page of HTML: the statuses of each group, and what was sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ddconf.alerting.groups import group_text, values_text
from ddconf.alerting.messages.text import text_of
from ddconf.alerting.notification import Notification
from ddconf.alerting.notifications import TimelineEntry
from ddconf.alerting.run_record import RunRecord
from ddconf.alerting.status import Status
from ddconf.alerting.windows import Span
from ddconf.render.alerts import AlertHistory, clock_text, summary
from ddconf.render.markup import Html, element, join
from ddconf.render.page import page
from ddconf.render.status_chart import StatusChart, draw, limits_of

_MOST_CHARTS = 30
"""Of one monitor."""


def render_page(histories: Sequence[AlertHistory], span: Span) -> str:
    """Monitors that would have notified, then those that cannot be computed."""
    loud = [_monitor(history, span) for history in histories if history.sent]
    refused = [
        element("li", f"{history.address}: {history.why_not}") for history in histories if history.why_not
    ]
    header = element(
        "header", element("h1", "Alerts"), element("p", summary(histories, span), class_="about")
    )
    rest = element("section", element("h2", "Not computed"), element("ul", *refused)) if refused else None
    return page("Alerts", join(header, element("main", *loud, rest, class_="monitor")))


def _monitor(history: AlertHistory, span: Span) -> Html:
    return element(
        "section",
        element("h2", history.address),
        element("p", history.name, class_="about"),
        *(_charts(history.recording, span) if history.recording else ()),
        *(_sent(entry, notification) for entry, notification in history.sent),
        class_="group",
    )


def _charts(recording: RunRecord, span: Span) -> Iterator[Html]:
    """A picture of each group that was not well all the time, up to a limit."""
    restless = [
        group
        for group, statuses in recording.timeline.history.items()
        if any(status is not Status.OK for _, status in statuses)
    ]
    for group in restless[:_MOST_CHARTS]:
        record = recording.group(group)
        limits = tuple(limits_of(recording.thresholds))
        yield element("h3", group_text(group))
        yield draw(StatusChart(span, clock_text, record.values, (), limits, (("status", record.statuses),)))
    if (more := len(restless) - _MOST_CHARTS) > 0:
        yield element("p", f"and {more} more groups", class_="about")


def _sent(entry: TimelineEntry, notification: Notification) -> Html:
    change = entry.change
    value = "" if change.value is None else f" at {text_of(change.value)}"
    again = " again" if change.transition.is_renotify else ""
    heading = f"{clock_text(change.at)} {change.transition.status}{again}: {values_text(change.group)}{value}"
    to = ", ".join(notification.recipients) or "nobody"
    return element(
        "details",
        element("summary", heading),
        element("p", notification.title),
        element("pre", notification.text),
        element("p", f"To {to}", class_="about"),
    )
