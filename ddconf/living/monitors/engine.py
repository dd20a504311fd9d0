"""The monitors of an organisation, evaluated minute by minute as their windows ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

from ddconf.alerting.building import source_of
from ddconf.alerting.choices import Choices
from ddconf.alerting.groups import EVERYTHING, Group
from ddconf.alerting.machine import Machine
from ddconf.alerting.missing import OnMissing
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.notifications import NotificationSettings, Notifier
from ddconf.alerting.status import Status
from ddconf.alerting.timeline import Timeline, evaluation_times
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.alerting.windows import every
from ddconf.document import Document
from ddconf.errors import DdconfError
from ddconf.living.monitors.data import EventWindows, read_data
from ddconf.living.monitors.downtimes import downtimes_of
from ddconf.living.monitors.notify import tell
from ddconf.living.monitors.watched import WatchedMonitor
from ddconf.living.sandbox import Sandbox
from ddconf.queries.monitors import EventAlert

_DECIDES = ("type", "query", "message", "options", "name", "tags", "priority", "draft_status")


def evaluate_monitors(sandbox: Sandbox) -> None:
    """Evaluate every monitor that is due; composites after those that they are made of."""
    watch = sandbox.monitors
    with watch.guard:
        documents = sandbox.organisation.all("monitor")
        windows = EventWindows(sandbox, sandbox.clock.seconds)
        watch.keep_only({document["id"] for document in documents})
        for document in sorted(documents, key=lambda item: item["type"] == "composite"):
            try:
                _evaluate(windows, document)
                watch.left_out.pop(document["id"], None)
            except (Uncomputable, DdconfError) as error:
                watch.left_out[document["id"]] = f"monitor {document.get('name')}: {error}"


def _evaluate(windows: EventWindows, document: Document) -> None:
    sandbox, now = windows.sandbox, windows.at
    watched = _known(sandbox, document, now)
    times = list(evaluation_times(watched.monitor, (watched.evaluated, now)))
    if not times:
        return
    watched.evaluated = times[-1]
    monitor, states = watched.monitor, watched.machine.states
    data = read_data(windows, monitor, sandbox.monitors.parts)
    source = source_of(monitor, data, (now, now), Choices())
    readings = source.read(now)
    for group in readings:
        watched.last_points[group] = source.last_point(group, now)
    changes = list(watched.machine.step(now, readings, lambda group: watched.last_point(source, group, now)))
    for change in changes:
        watched.times.setdefault(change.group, {})[change.transition.status] = now
    downtimes = downtimes_of(sandbox.organisation, document)
    watched.notifier.telling = replace(watched.notifier.telling, downtimes=downtimes)
    for entry in list(watched.notifier.step(now, changes, states)):
        tell(sandbox, document, Timeline(monitor, (entry,), {}, source), entry)
    _store_overall_state(sandbox, document["id"], watched.overall)


def _known(sandbox: Sandbox, document: Document, now: int) -> WatchedMonitor:
    """What is known of a monitor; one that was changed begins anew."""
    content = tuple(repr(document.get(key)) for key in _DECIDES)
    found = sandbox.monitors.find(document["id"])
    if found is None or found.content != content:
        monitor = Monitor.read(document)
        telling = NotificationSettings.read(
            monitor.options, tells_no_data=monitor.tells_no_data, draft=monitor.draft, tags=monitor.tags
        )
        machine = Machine(monitor.rules, _silent_from_the_start(monitor))
        before = now - every(monitor.window.window)
        found = WatchedMonitor(content, monitor, machine, Notifier(telling), before)
        sandbox.monitors.put(document["id"], found)
    return found


def _silent_from_the_start(monitor: Monitor) -> Mapping[Group, Status]:
    """A count of events without groups is 0 before the first of them."""
    counts = isinstance(monitor.query, EventAlert) and monitor.is_count and not monitor.groups
    return {EVERYTHING: Status.OK} if counts and monitor.missing.then is OnMissing.ZERO else {}


def _store_overall_state(sandbox: Sandbox, id: int, status: Status) -> None:
    """Let the API say it."""
    store = sandbox.organisation
    with store.transaction():
        document = store.get("monitor", id)
        if document and document.get("overall_state") != str(status):
            moment = datetime.fromtimestamp(sandbox.clock.seconds, UTC).isoformat()
            store.put(
                "monitor", id, {**document, "overall_state": str(status), "overall_state_modified": moment}
            )
