"""When monitors would have alerted, as lines of a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from ddconf.alerting.groups import values_text
from ddconf.alerting.messages.text import text_of
from ddconf.alerting.notification import Notification
from ddconf.alerting.notifications import TimelineEntry
from ddconf.alerting.run_record import RunRecord
from ddconf.alerting.status import Status
from ddconf.document import Document
from ddconf.render.style import bold, paint
from ddconf.render.values import printable

_SYMBOLS = {Status.ALERT: "-", Status.WARN: "~", Status.OK: "+", Status.NO_DATA: "#", Status.UNKNOWN: "#"}


@dataclass(frozen=True, slots=True)
class AlertHistory:
    """One monitor: what it would have sent; `why_not` where that cannot be computed."""

    address: str
    name: str
    sent: Sequence[tuple[TimelineEntry, Notification]]
    why_not: str = ""
    recording: RunRecord | None = None


def lines(history: AlertHistory, *, color: bool = False) -> Iterator[str]:
    """A heading, a line for each notification, and its text below."""
    yield f"{bold(history.address, color)}  {printable(history.name)}"
    for entry, notification in history.sent:
        yield f"  {_headline(entry, notification, color)}"
        yield from (f"    {printable(line)}" if line else "" for line in notification.text.splitlines())
    yield ""


def uncomputed(histories: Sequence[AlertHistory], *, color: bool = False) -> Iterator[str]:
    """A line for each monitor that could not be run."""
    for history in histories:
        if history.why_not:
            yield paint(f"{history.address}: {printable(history.why_not)}", "~", color)


def summary(histories: Sequence[AlertHistory], span: tuple[float, float]) -> str:
    """`3 of 18 monitors would have notified, from 05:10 to 06:10 UTC`."""
    loud = sum(bool(history.sent) for history in histories)
    times = sum(len(history.sent) for history in histories)
    start, end = map(clock_text, span)
    what = f"{loud} of {len(histories)} monitors would have notified, {times} times in all"
    return f"{what}, from {start} to {end} UTC"


def render_json(histories: Sequence[AlertHistory], span: tuple[float, float]) -> str:
    document = {
        "from": _iso(span[0]),
        "to": _iso(span[1]),
        "monitors": [_monitor(history) for history in histories],
    }
    return json.dumps(document, indent=2, ensure_ascii=False)


def _headline(entry: TimelineEntry, notification: Notification, color: bool) -> str:
    change = entry.change
    status = paint(f"{change.transition.status:7}", _SYMBOLS[change.transition.status], color)
    again = "again " if change.transition.is_renotify else ""
    value = "" if change.value is None else f"  {text_of(float(f'{change.value:.6g}'))}"
    group = printable(values_text(change.group))
    to = printable(" ".join(notification.recipients) or "nobody")
    return f"{clock_text(change.at)}  {again}{status} {group}{value}  to {to}"


def _monitor(history: AlertHistory) -> Document:
    document: Document = {"address": history.address, "name": history.name}
    if history.why_not:
        document["not_computed"] = history.why_not
    document["notifications"] = [_notification(*sent) for sent in history.sent]
    return document


def _notification(entry: TimelineEntry, notification: Notification) -> Document:
    change = entry.change
    return {
        "at": _iso(change.at),
        "group": dict(change.group),
        "from": str(change.transition.former),
        "to": str(change.transition.status),
        "value": change.value,
        "renotified": change.transition.is_renotify,
        "title": notification.title,
        "text": notification.text,
        "recipients": list(notification.recipients),
    }


def clock_text(at: float) -> str:
    """A time in UTC, to the minute."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d %H:%M")


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
