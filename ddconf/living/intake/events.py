"""Events, check runs and host tags as they are sent -> values.

https://docs.datadoghq.com/api/latest/events/ https://docs.datadoghq.com/api/latest/service-checks/
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ddconf.document import JSON, Document
from ddconf.living.events import CheckRun, Event

_OLDEST = 18 * 3600  # seconds


class TooOld(ValueError):
    """An event that lies further back than Datadog takes it."""


def read_event(body: JSON, now: int) -> Event:
    """Version 1: `{"title", "text", "tags", ...}`; raises KeyError, ValueError or TooOld."""
    moment = int(body.get("date_happened") or now)
    if moment < now - _OLDEST:
        raise TooOld("Event too far in the past")
    return Event(
        title=_required(body, "title"),
        text=_required(body, "text"),
        timestamp=moment,
        tags=tuple(map(str, body.get("tags") or [])),
        host=str(body.get("host") or ""),
        alert_type=str(body.get("alert_type") or "info"),
        priority=str(body.get("priority") or "normal"),
        source=str(body.get("source_type_name") or "api"),
        aggregation_key=str(body.get("aggregation_key") or ""),
    )


def read_event_v2(body: JSON, now: int) -> Event:
    """Version 2: JSON:API with a category; raises KeyError or ValueError."""
    sent = body["data"]["attributes"]
    detail = sent.get("attributes") or {}
    status = str(detail.get("status") or ("error" if sent["category"] == "alert" else "info"))
    return Event(
        title=_required(sent, "title"),
        text=str(sent.get("message") or ""),
        timestamp=now,
        tags=tuple(map(str, sent.get("tags") or [])),
        host=str(sent.get("host") or ""),
        alert_type={"warn": "warning", "ok": "success"}.get(status, status),
        priority=str(detail.get("priority") or "normal"),
        aggregation_key=str(sent.get("aggregation_key") or ""),
        category=str(sent["category"]),
    )


def _required(body: Document, name: str) -> str:
    if not isinstance(body.get(name), str):
        raise ValueError(f"'{name}' is a required property")
    return str(body[name])


def read_check_runs(body: JSON, now: int) -> list[CheckRun]:
    """One check run or a list of them; an empty object is none."""
    listed = body if isinstance(body, list) else [body] if body else []
    return [
        CheckRun(
            check=_required(item, "check"),
            status=int(item.get("status") or 0),
            timestamp=int(item.get("timestamp") or now),
            tags=tuple(map(str, item.get("tags") or [])),
            host=str(item.get("host_name") or ""),
            message=str(item.get("message") or ""),
        )
        for item in listed
    ]


@dataclass(frozen=True, slots=True)
class AgentPayload:
    """What an Agent says on `/intake/`: its events and its host's tags, by source."""

    events: tuple[Event, ...] = ()
    host: str = ""
    host_tags: dict[str, list[str]] = field(default_factory=dict)


def read_agent_payload(body: JSON, now: int) -> AgentPayload:
    """Metadata of which nothing is kept here gives an empty payload."""
    if not isinstance(body, dict):
        return AgentPayload()
    host = str(body.get("internalHostname") or "")
    events = body.get("events")
    listed = [
        (str(source), item)
        for source, items in (events.items() if isinstance(events, dict) else ())
        for item in items or []
    ]
    tags = body.get("host-tags")
    return AgentPayload(
        tuple(_agent_event(source, item, host, now) for source, item in listed),
        host,
        {str(key): list(map(str, value or [])) for key, value in tags.items()}
        if isinstance(tags, dict)
        else {},
    )


def _agent_event(source: str, item: Document, host: str, now: int) -> Event:
    return Event(
        title=str(item.get("msg_title") or ""),
        text=str(item.get("msg_text") or ""),
        timestamp=int(item.get("timestamp") or now),
        tags=tuple(map(str, item.get("tags") or [])),
        host=str(item.get("host") or host),
        alert_type=str(item.get("alert_type") or "info"),
        priority=str(item.get("priority") or "normal"),
        source=str(item.get("source_type_name") or source),
        aggregation_key=str(item.get("aggregation_key") or ""),
    )
