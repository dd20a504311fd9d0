"""On-call schedules and escalation policies: layers and steps are objects of their own, told beside.

https://docs.datadoghq.com/api/latest/on-call/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ddconf.emulator.call import RouteCall
from ddconf.emulator.collections import plain
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.ids import uuid
from ddconf.emulator.wire import Document

_OPTIONAL = ("end_date", "time_zone")


def _parts(call: RouteCall, sent: list[Document], before: list[Document]) -> list[Document]:
    """Layers or steps with ids: those they bring along, or new ones."""
    known = {part["id"] for part in before}
    return [
        {**part, "id": part["id"] if part.get("id") in known else uuid(call.store.random)} for part in sent
    ]


def _schedule(call: RouteCall, sent: Document, before: Document | None) -> Document:
    return {**sent, "layers": _parts(call, sent["layers"], (before or {}).get("layers", []))}


def _policy(call: RouteCall, sent: Document, before: Document | None) -> Document:
    steps = _parts(call, sent["steps"], (before or {}).get("steps", []))
    return {"resolve_page_on_policy_end": False, "retries": 0, **sent, "steps": steps}


def _links(parts: list[Document], type: str) -> Document:
    return {"data": [{"id": part["id"], "type": type} for part in parts]}


def _shown(part: str, call: RouteCall, document: Document) -> Document:
    """Without the parts, of which links are told."""
    attributes = {key: value for key, value in document["attributes"].items() if key != part}
    parts = document["attributes"].get(part, [])
    links = {part: _links(parts, part), "teams": {"data": []}, **document.get("relationships", {})}
    return {**document, "attributes": attributes, "relationships": links}


def _kept(call: RouteCall, collection: str, document: Document) -> Document:
    kept = call.store.get(collection, document["id"]) or document
    content: Document = kept["attributes"]
    return content


def _user(call: RouteCall, id: str) -> Document | None:
    found = call.store.get("user", id)
    if found is None:
        return None
    told = found["attributes"]
    attributes = {
        "email": told.get("email"),
        "name": told.get("name") or "",
        "status": str(told.get("status", "")).lower(),
    }
    return {"id": id, "type": "users", "attributes": attributes}


def _layers(call: RouteCall, shown: list[Document]) -> Document:
    """What `include` names: the layers, their members and those who they are."""
    wanted = call.query.get("include", "")
    if "layers" not in wanted:
        return {}
    layers = [layer for one in shown for layer in _kept(call, "on_call_schedule", one).get("layers", [])]
    return {"included": list(_unique(item for layer in layers for item in _layer(call, layer, wanted)))}


def _layer(call: RouteCall, layer: Document, wanted: str) -> Iterator[Document]:
    hours: Document = {key: value for key, value in layer.get("interval", {}).items() if value}
    attributes: Document = {
        key: layer[key] for key in ("effective_date", "name", "rotation_start") if key in layer
    }
    attributes |= {key: layer[key] for key in _OPTIONAL if layer.get(key)}
    restrictions = layer.get("restrictions") or []
    members = [(f"{layer['id']}-member-{n + 1}", who) for n, who in enumerate(layer.get("members") or ())]
    links = {"members": {"data": [{"id": id, "type": "members"} for id, _ in members]}}
    own = {"interval": hours, "restrictions": restrictions}
    yield {"id": layer["id"], "type": "layers", "attributes": attributes | own, "relationships": links}
    if "members" not in wanted:
        return
    for id, who in members:
        user = (who.get("user") or {}).get("id")
        link = {"relationships": {"user": {"data": {"id": user, "type": "users"}}}} if user else {}
        yield {"id": id, "type": "members", **link}
        if user and (found := _user(call, user)):
            yield found


def _steps(call: RouteCall, shown: list[Document]) -> Document:
    """What `include` names: the steps, and whom they call."""
    wanted = call.query.get("include", "")
    if "steps" not in wanted:
        return {}
    found: list[Document] = []
    targets: list[Document] = []
    for step in (s for one in shown for s in _kept(call, "on_call_escalation_policy", one).get("steps", [])):
        named = [_target(target) for target in step.get("targets") or ()]
        attributes = {key: step.get(key) for key in ("assignment", "escalate_after_seconds") if key in step}
        attributes.setdefault("assignment", "default")
        links = {"targets": {"data": [{"id": item["id"], "type": item["type"]} for item in named]}}
        found.append({"id": step["id"], "type": "steps", "attributes": attributes, "relationships": links})
        found += [item for item in named if item["type"] == "schedule_target"]
        targets += step.get("targets") or []
    called = [item for target in targets if (item := _called(call, target))] if "targets" in wanted else []
    return {"included": list(_unique(iter(found + called)))}


def _target(target: Document) -> Document:
    position = (target.get("config") or {}).get("schedule", {}).get("position")
    if target["type"] != "schedules" or not position:
        return {"id": target.get("id"), "type": target["type"]}
    links = {"schedule": {"data": {"id": target["id"], "type": "schedules"}}}
    id = f"{target['id']}_{position}"
    return {"id": id, "type": "schedule_target", "attributes": {"position": position}, "relationships": links}


def _called(call: RouteCall, target: Document) -> Document | None:
    id = str(target.get("id"))
    if target["type"] == "users":
        return _user(call, id)
    if target["type"] == "teams" and (team := call.store.get("team", id)):
        names = ("avatar", "description", "handle", "name")
        return {
            "id": id,
            "type": "teams",
            "attributes": {key: team["attributes"].get(key) or "" for key in names},
        }
    if target["type"] == "schedules" and (schedule := call.store.get("on_call_schedule", id)):
        return _shown("layers", call, schedule)
    return None


def _unique(items: Iterator[Document]) -> Iterator[Document]:
    seen: set[tuple[str, str]] = set()
    for item in items:
        if (item["type"], item["id"]) not in seen:
            seen.add((item["type"], item["id"]))
            yield item


def _show_schedule(call: RouteCall, document: Document) -> Document:
    return _shown("layers", call, document)


def _show_policy(call: RouteCall, document: Document) -> Document:
    return _shown("steps", call, document)


def _channel(call: RouteCall, sent: Document, before: Document | None) -> Document:
    """A telephone is told with its number as people write it, and whether it answers."""
    if call.store.get("user", call.args["user_id"]) is None:
        raise refusal("title detail", 404, f"user {call.args['user_id']} not found")
    config = sent.get("config") or {}
    if config.get("type") != "phone":
        return _CHANNEL.complete(call, sent, before)
    number = str(config.get("number", ""))
    own = {"formatted_number": number, "region": "US", "verified": False, "sms_subscribed_at": None}
    return _CHANNEL.complete(call, {**sent, "config": {**config, **own}}, before)


_CHANNEL = plain("on_call_user_notification_channel")
CHANNELS = replace(_CHANNEL, complete=_channel)
SCHEDULES = replace(
    plain("on_call_schedule"),
    complete=_schedule,
    created=201,
    show=_show_schedule,
    show_listed=_show_schedule,
    show_written=_show_schedule,
    beside=_layers,
)
POLICIES = replace(
    plain("on_call_escalation_policy"),
    complete=_policy,
    created=201,
    show=_show_policy,
    show_written=_show_policy,
    beside=_steps,
)
