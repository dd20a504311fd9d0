"""A change of a monitor's status told: an event, a notification that is kept, posts to this machine."""

from __future__ import annotations

from collections.abc import Mapping

from ddconf.alerting.groups import group_text, tags_of
from ddconf.alerting.notification import notification_of
from ddconf.alerting.notifications import TimelineEntry
from ddconf.alerting.timeline import Timeline
from ddconf.document import Document
from ddconf.living.events import Event
from ddconf.living.loopback import is_allowed, post
from ddconf.living.monitors.variables import ALERT_TYPES, transition_name, variables
from ddconf.living.monitors.webhooks import webhook_call
from ddconf.living.sandbox import Sandbox

_WEBHOOK = "@webhook-"
_TRIES = 5


def tell(sandbox: Sandbox, document: Document, timeline: Timeline, entry: TimelineEntry) -> None:
    """Keep what is said, also where a downtime silences it, and deliver it to webhooks on this machine."""
    change, monitor = entry.change, timeline.monitor
    notification = notification_of(timeline, entry)
    event = Event(
        title=notification.title,
        text=notification.text,
        timestamp=int(change.at),
        tags=(*tags_of(change.group), *monitor.tags, "monitor"),
        host=dict(change.group).get("host", ""),
        alert_type=ALERT_TYPES[change.transition.status],
        source="alert",
        aggregation_key=f"{document['id']}:{group_text(change.group)}",
    )
    event_id = sandbox.events.add(event) if entry.notified else 0
    recipients = notification.recipients if entry.notified else ()
    said: Document = {
        "monitor_id": document["id"],
        "monitor_name": monitor.name,
        "group": group_text(change.group),
        "from": str(change.transition.former),
        "to": str(change.transition.status),
        "transition": transition_name(change.transition),
        "value": change.value,
        "title": notification.title,
        "text": notification.text,
        "priority": notification.priority,
        "recipients": list(recipients),
        "notified": entry.notified,
        "deliveries": [],
    } | ({"why_not": entry.why_not} if entry.why_not else {})
    values = variables(document, monitor, entry, notification, event_id)
    said["deliveries"] = [_deliver(sandbox, handle, values) for handle in recipients]
    sandbox.notifications.add(int(change.at), said)


def _deliver(sandbox: Sandbox, handle: str, values: Mapping[str, str]) -> Document:
    """Other handles than webhooks of this machine would be told by Datadog; here that is only noted."""
    delivery: Document = {"handle": handle, "sent": False}
    if not handle.startswith(_WEBHOOK):
        return delivery
    name = handle.removeprefix(_WEBHOOK)
    webhook = sandbox.organisation.get("webhook", name)
    if webhook is None:
        return delivery | {"webhook": name, "problem": f"no webhook {name}"}
    custom = {
        str(item["name"]): str(item.get("value") or "")
        for item in sandbox.organisation.all("webhook_variable")
    }
    call = webhook_call(webhook, values, custom)
    delivery |= {"webhook": name, "url": call.url, "headers": dict(call.headers), "payload": call.body}
    if not is_allowed(call.url, sandbox.settings.notify_to):
        return delivery | {"problem": "not on this machine"}
    status = post(call.url, call.body.encode(), call.headers, tries=_TRIES)
    return delivery | {"sent": 200 <= status < 300, "status": status}
