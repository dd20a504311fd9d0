"""When monitors would have alerted, as a page of HTML: the statuses of each group, and what was sent."""

from __future__ import annotations

from collections.abc import Sequence

from ddconf.alerting.groups import group_text, values_text
from ddconf.alerting.messages.text import text_of
from ddconf.alerting.notification import Notification
from ddconf.alerting.notifications import TimelineEntry
from ddconf.alerting.status import Status
from ddconf.alerting.windows import Span
from ddconf.render.alerts import AlertHistory, clock_text, summary
from ddconf.render.markup import Html, element, join
from ddconf.render.page import page

_COLORS = {
    Status.OK: "#2ca678",
    Status.WARN: "#e0a100",
    Status.ALERT: "#e05243",
    Status.NO_DATA: "#7287a5",
    Status.UNKNOWN: "#7287a5",
}
_WIDTH = 1000
"""Units of a strip, whatever the time that it shows."""


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
    return page("Alerts", join(header, element("main", *loud, rest)))


def _monitor(history: AlertHistory, span: Span) -> Html:
    strips = [
        element("tr", element("td", group_text(group)), element("td", _strip(statuses, span), width="80%"))
        for group, statuses in history.statuses.items()
        if any(status is not Status.OK for _, status in statuses)
    ]
    return element(
        "section",
        element("h2", history.address),
        element("p", history.name, class_="about"),
        element("table", *strips),
        *(_sent(entry, notification) for entry, notification in history.sent),
        class_="group",
    )


def _strip(statuses: Sequence[tuple[float, Status]], span: Span) -> Html:
    """A bar from the start to the end, in the colours of the statuses."""
    ends = [since for since, _ in statuses[1:]] + [span[1]]
    scale = _WIDTH / max(1, span[1] - span[0])
    bars = [
        element(
            "rect",
            element("title", f"{status} from {clock_text(since)}"),
            x=round((since - span[0]) * scale),
            width=max(1, round((end - since) * scale)),
            height=14,
            fill=_COLORS[status],
        )
        for (since, status), end in zip(statuses, ends, strict=True)
    ]
    return element(
        "svg", *bars, viewBox=f"0 0 {_WIDTH} 14", width="100%", height=14, preserveAspectRatio="none"
    )


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
