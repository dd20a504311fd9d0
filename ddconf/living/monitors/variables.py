"""What an alert calls itself in webhooks, events and lists.

https://docs.datadoghq.com/integrations/webhooks/#variables
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from ddconf.alerting.groups import group_text, tags_of
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.notification import Notification
from ddconf.alerting.notifications import TimelineEntry
from ddconf.alerting.status import Status, Transition
from ddconf.document import Document
from ddconf.queries.monitors import MetricAlert
from ddconf.queries.tree import all_series

ALERT_TYPES = {
    Status.ALERT: "error",
    Status.WARN: "warning",
    Status.NO_DATA: "error",
    Status.OK: "success",
    Status.UNKNOWN: "info",
}
_TRIGGERED = {
    Status.ALERT: "Triggered",
    Status.WARN: "Warn",
    Status.NO_DATA: "No Data",
    Status.UNKNOWN: "Unknown",
}
_EVENT_TYPES = {
    "metric alert": "metric_alert_monitor",
    "query alert": "query_alert_monitor",
    "log alert": "log_alert",
    "service check": "service_check",
    "event-v2 alert": "event_v2_alert",
    "composite": "composite_monitor",
}


def transition_name(transition: Transition) -> str:
    """`Triggered`, `Recovered`, `Re-Triggered` and so on."""
    if transition.is_recovery:
        return "Recovered"
    name = _TRIGGERED[transition.status]
    return f"Re-{name}" if transition.is_renotify else name


def variables(
    document: Document, monitor: Monitor, entry: TimelineEntry, notification: Notification, event_id: int
) -> Mapping[str, str]:
    """By name, without `$`."""
    change = entry.change
    tags = list(dict.fromkeys((*tags_of(change.group), *monitor.tags, "monitor")))
    moment = str(int(change.at * 1000))
    series = list(all_series(monitor.query.expression)) if isinstance(monitor.query, MetricAlert) else []
    metric = series[0].metric if series else ""
    priority = f"P{notification.priority}" if notification.priority else ""
    return {
        "ID": str(event_id),
        "EVENT_TITLE": notification.title,
        "EVENT_MSG": notification.text,
        "TEXT_ONLY_MSG": notification.text,
        "EVENT_TYPE": _EVENT_TYPES.get(monitor.type, "event_alert"),
        "DATE": moment,
        "LAST_UPDATED": moment,
        "ALERT_ID": str(document["id"]),
        "ALERT_TITLE": notification.title,
        "ALERT_QUERY": str(document.get("query") or ""),
        "ALERT_METRIC": metric,
        "METRIC_NAMESPACE": metric.partition(".")[0],
        "ALERT_SCOPE": "" if not change.group else group_text(change.group),
        "ALERT_STATUS": f"{monitor.name} is {change.transition.status}",
        "ALERT_TRANSITION": transition_name(change.transition),
        "ALERT_TYPE": ALERT_TYPES[change.transition.status],
        "ALERT_PRIORITY": priority,
        "ALERT_CYCLE_KEY": _key(document["id"], group_text(change.group), change.first_triggered),
        "AGGREG_KEY": _key(document["id"]),
        "PRIORITY": "normal",
        "TAGS": ",".join(tags),
        "HOSTNAME": dict(change.group).get("host", ""),
        "LINK": f"https://app.datadoghq.com/monitors/{document['id']}",
        "LOGS_SAMPLE": "[]",
        "SNAPSHOT": "",
        "ORG_ID": str(document.get("org_id") or ""),
        "ORG_NAME": "Sandbox",
        "EMAIL": "",
        "USER": "",
        "USERNAME": "",
    }


def _key(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]
