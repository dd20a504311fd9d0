"""The downtimes of an organisation as the evaluation of a monitor wants them: both versions, and mutes.

https://docs.datadoghq.com/api/latest/downtimes/
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TypeVar

from ddconf.alerting.downtimes import Downtime
from ddconf.document import Document
from ddconf.emulator.store import Store

Otherwise = TypeVar("Otherwise", float, None)


def downtimes_of(store: Store, monitor: Document) -> tuple[Downtime, ...]:
    """Those that name the monitor or all of its tags, with the mutes of its own options."""
    return (*_of_v2(store, monitor), *_of_v1(store, monitor), *_mutes(monitor))


def _of_v2(store: Store, monitor: Document) -> Iterator[Downtime]:
    for document in store.all("downtime"):
        said = document["attributes"]
        if not _names(monitor, said.get("monitor_identifier") or {}):
            continue
        schedule = said.get("schedule") or {}
        times = schedule.get("current_downtime") or schedule
        yield Downtime(
            str(said.get("scope") or "*"),
            _seconds(times.get("start"), float("-inf")),
            _seconds(times.get("end"), float("inf")),
            _seconds(said.get("canceled"), None),
            bool(said.get("mute_first_recovery_notification")),
            tuple(said.get("notify_end_types") or ("expired",)),
            tuple(said.get("notify_end_states") or ()),
        )


def _names(monitor: Document, identifier: Document) -> bool:
    if identifier.get("monitor_id") is not None:
        return bool(identifier["monitor_id"] == monitor["id"])
    tags = identifier.get("monitor_tags") or []
    return tags == ["*"] or (bool(tags) and set(tags) <= set(monitor.get("tags") or []))


def _of_v1(store: Store, monitor: Document) -> Iterator[Downtime]:
    for said in store.all("downtime_v1"):
        named = {"monitor_id": said.get("monitor_id"), "monitor_tags": said.get("monitor_tags")}
        if _names(monitor, named):
            scope = said.get("scope") or ["*"]
            yield Downtime(
                " AND ".join(scope if isinstance(scope, list) else [scope]),
                float(said.get("start") or "-inf"),
                float(said.get("end") or "inf"),
                float(said["canceled"]) if said.get("canceled") else None,
            )


def _mutes(monitor: Document) -> Iterator[Downtime]:
    """`{"host:a": end}` of `options.silenced`; None is for ever."""
    for scope, end in ((monitor.get("options") or {}).get("silenced") or {}).items():
        yield Downtime(str(scope), end=float("inf") if end is None else float(end))


def _seconds(text: object, otherwise: Otherwise) -> float | Otherwise:
    return datetime.fromisoformat(str(text)).timestamp() if text else otherwise
