"""What a monitor did, against what a case expects of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ddconf.alerting.groups import Group, group_text, values_text
from ddconf.alerting.machine import GroupState
from ddconf.alerting.notification import Notification
from ddconf.alerting.notifications import TimelineEntry
from ddconf.alerting.timeline import Timeline
from ddconf.document import JSON, Document, Path
from ddconf.errors import Source
from ddconf.operations.alert_tests.cases import AlertCase, Expectation
from ddconf.operations.alert_tests.times import offset_text
from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.verdict import LogDifference

Sent = Callable[[TimelineEntry], Notification]
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class ObservedGroup:
    """A group at a time that a case asks about."""

    status: str
    value: float | None

    @classmethod
    def of(cls, state: GroupState) -> ObservedGroup:
        return cls(str(state.shown), state.value)


def transitions(
    case: AlertCase, entries: Sequence[TimelineEntry], groups: Iterable[Group], sent: Sent
) -> Iterator[LogDifference]:
    """Every line of the timeline that the case does not list so, also of groups that it does not name."""
    expected = case.expected or {}
    found: dict[Group, dict[float, TimelineEntry]] = {group: {} for group in groups}
    known = ", ".join(map(group_text, found)) or "none"
    for entry in entries:
        found.setdefault(entry.change.group, {})[entry.change.at] = entry
    for name, expectations in expected.items():
        group = _named(name, found)
        if group is None:
            source = expectations[0].source if expectations else case.source
            yield LogDifference((f"group {name}",), "a group", f"none of that name, but {known}", source)
            continue
        yield from _of_group(case, name, expectations, found.pop(group), sent)
    for group, others in found.items():
        yield from _of_group(case, group_text(group), (), others, sent)


def _of_group(
    case: AlertCase,
    name: str,
    expectations: Sequence[Expectation],
    entries: Mapping[float, TimelineEntry],
    sent: Sent,
) -> Iterator[LogDifference]:
    by_time = {expectation.at: expectation for expectation in expectations}
    for at in sorted({*by_time, *entries}):
        place = f"{name} {offset_text(at - case.start)}"
        expectation, entry = by_time.get(at), entries.get(at)
        if entry is None and expectation is not None:
            yield LogDifference(
                (place,), expectation.status or expectation.fields, ABSENT, expectation.source
            )
        elif expectation is None and entry is not None:
            yield LogDifference((place,), ABSENT, _described(entry))
        elif entry is not None and expectation is not None:
            yield from _of_entry(place, expectation, entry, sent)


def _of_entry(
    place: str, expectation: Expectation, entry: TimelineEntry, sent: Sent
) -> Iterator[LogDifference]:
    change, source = entry.change, expectation.source
    if expectation.status is not None and expectation.status != change.transition.status:
        yield LogDifference((place,), expectation.status, str(change.transition.status), source)
    fields = expectation.fields
    if "value" in fields and not is_close(fields["value"], change.value):
        yield LogDifference((f"{place} value",), fields["value"], change.value, source)
    if fields.keys() & {"message", "title", "to", "priority"}:
        yield from _of_notification(place, fields, _told(entry, sent), source)
    if "notified" in fields and fields["notified"] is not entry.notified:
        why = f"{entry.notified} ({entry.why_not})" if entry.why_not else entry.notified
        yield LogDifference((f"{place} notified",), fields["notified"], why, source)
    if "renotified" in fields and fields["renotified"] is not change.transition.is_renotify:
        yield LogDifference(
            (f"{place} renotified",), fields["renotified"], change.transition.is_renotify, source
        )


def _told(entry: TimelineEntry, sent: Sent) -> Notification:
    return sent(entry) if entry.notified else Notification("", "", (), None)


def _of_notification(
    place: str, fields: Document, notification: Notification, source: Source | None
) -> Iterator[LogDifference]:
    for key, text in (("message", notification.text), ("title", notification.title)):
        if key in fields and not is_text(fields[key], text):
            yield LogDifference((f"{place} {key}",), fields[key], text, source)
    if "to" in fields:
        wanted = sorted(f"@{str(handle).removeprefix('@')}" for handle in fields["to"] or ())
        if wanted != sorted(notification.recipients):
            yield LogDifference((f"{place} to",), fields["to"], list(notification.recipients), source)
    if "priority" in fields:
        wanted_priority = str(fields["priority"]).removeprefix("P")
        if wanted_priority != str(notification.priority):
            yield LogDifference((f"{place} priority",), fields["priority"], notification.priority, source)


def sampled(
    case: AlertCase, seen: Mapping[tuple[Group, float], ObservedGroup], groups: Iterable[Group]
) -> Iterator[LogDifference]:
    """The groups at the times that the case asks about."""
    known = dict.fromkeys(groups)
    for name, expectations in case.samples.items():
        group = _named(name, known)
        for expectation in expectations:
            place = f"{name} {expectation.when}"
            found = None if group is None else seen.get((group, expectation.at))
            if found is None:
                yield LogDifference(
                    (place,), expectation.status or expectation.fields, ABSENT, expectation.source
                )
                continue
            if expectation.status is not None and expectation.status != found.status:
                yield LogDifference((place,), expectation.status, found.status, expectation.source)
            if "value" in expectation.fields and not is_close(expectation.fields["value"], found.value):
                yield LogDifference(
                    (f"{place} value",), expectation.fields["value"], found.value, expectation.source
                )


def as_expected(case: AlertCase, timeline: Timeline, wrong: Collection[Path]) -> Document:
    """What the case would expect if it were right: what is not wrong stays as it is written."""
    groups: dict[str, Document] = {}
    for group in timeline.history:
        name = next((item for item in case.written if item in (group_text(group), values_text(group))), None)
        groups[name or group_text(group)] = {}
    for entry in timeline.entries:
        group = entry.change.group
        name = next(item for item in groups if item in (group_text(group), values_text(group)))
        when = offset_text(entry.change.at - case.start)
        written = (case.written.get(name) or {}).get(when)
        is_right = not any(str(path[0]).startswith(f"{name} {when}") for path in wrong)
        groups[name][when] = written if written and is_right else str(entry.change.transition.status)
    return groups


def is_close(expected: JSON, found: float | None) -> bool:
    """`0.3`, or `{about: 0.3, within: 1%}`."""
    if expected is None or found is None:
        return expected is found
    if not isinstance(expected, dict):
        return math.isclose(float(expected), found, rel_tol=_CLOSE, abs_tol=_CLOSE)
    about, within = float(expected["about"]), str(expected.get("within", _CLOSE))
    if within.endswith("%"):
        return abs(found - about) <= abs(about) * float(within[:-1]) / 100
    return abs(found - about) <= float(within)


def is_text(expected: JSON, found: str) -> bool:
    """The whole text, or `{contains: ...}` with one part or several."""
    if isinstance(expected, dict):
        parts = expected.get("contains")
        return all(str(part) in found for part in (parts if isinstance(parts, list) else [parts]))
    return str(expected or "").strip() == found


def _named(name: str, groups: Mapping[Group, object]) -> Group | None:
    return next((group for group in groups if name in (group_text(group), values_text(group))), None)


def _described(entry: TimelineEntry) -> str:
    again = "told again: " if entry.change.transition.is_renotify else ""
    return f"{again}{entry.change.transition.status}"
