"""Cloud cost budgets: made and changed by one PUT, with their forecasts; a budget can be checked before.

https://docs.datadoghq.com/api/latest/cloud-cost-management/
"""

from __future__ import annotations

import re

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.ids import uuid
from ddconf.emulator.server_fields import made
from ddconf.emulator.wire import Document, Json, Refusal, Response, answer

_ONE = "/api/v2/cost/budget/{id}"
_FORECAST = f"{_ONE}/custom-forecast"
_WRITES = {
    "created_at": "$milliseconds",
    "created_by": "$user",
    "updated_at": "$milliseconds",
    "updated_by": "$user",
}


def _generic(text: str) -> Refusal:
    return refusal("title detail", 404, text)


def _attributes(call: RouteCall, type: str) -> Document:
    data = call.body.get("data", {}) if isinstance(call.body, dict) else {}
    if data.get("type") != type:
        found = data.get("type", "")
        raise refusal("status title detail", 400, f'got type "{found}" expected one of "{type}"')
    attributes: Document = data["attributes"]
    return attributes


def _with_filters(entries: Json) -> list[Document]:
    return [{**entry, "tag_filters": entry.get("tag_filters") or []} for entry in entries]


def _wrong(budget: Document) -> str:
    """What Datadog finds wrong with a budget; empty if nothing."""
    start, end = budget.get("start_month") or 0, budget.get("end_month") or 0
    entries, tags = budget.get("entries") or [], _tags(budget)
    grouped = [tuple(part["tag_key"] for part in entry.get("tag_filters") or ()) for entry in entries]
    checks = (
        (len(tags) > 2, "tags must have 0, 1 or 2 elements"),
        (len(set(tags)) < len(tags), "tags must be unique"),
        (start <= 0, "start_month must be greater than 0 and of the format YYYYMM"),
        (end <= 0, "end_month must be greater than 0 and of the format YYYYMM"),
        (end < start, "end_month must be greater than or equal to start_month"),
        (
            any(not start <= entry["month"] <= end for entry in entries),
            "entry month must be between start_month and end_month",
        ),
        (any(entry["amount"] < 0 for entry in entries), "entry amount must be greater than or equal to 0"),
        (not entries, "entries are required"),
        (any(sorted(group) != sorted(tags) for group in grouped), "entry tag_filters must match the tags"),
    )
    return next((text for wrong, text in checks if wrong), "")


def _tags(budget: Document) -> list[str]:
    """What the query of a budget groups by."""
    found = re.search(r"\bby\s*\{([^}]*)\}", budget.get("metrics_query", ""))
    return [tag.strip() for tag in found[1].split(",") if tag.strip()] if found else []


@route("POST", "/api/v2/cost/budget/validate")
def validate_budget(call: RouteCall) -> Response:
    wrong = _wrong(_attributes(call, "budget"))
    verdict = {"errors": [wrong], "valid": False} if wrong else {"valid": True}
    data = {"id": "budget_validation", "type": "budget_validation", "attributes": verdict}
    return answer(400 if wrong else 200, {"data": data})


@route("GET", "/api/v2/cost/budgets")
def list_budgets(call: RouteCall) -> Response:
    """Without the entries."""
    found = call.store.all("cost_budget")
    return answer(200, {"data": [_without_entries(budget) for budget in found]})


def _without_entries(budget: Document) -> Document:
    attributes = {key: value for key, value in budget["attributes"].items() if key != "entries"}
    return {**budget, "attributes": attributes}


@route("PUT", "/api/v2/cost/budget")
def write_budget(call: RouteCall) -> Response:
    sent, id = _attributes(call, "budget"), call.body["data"].get("id")
    before = call.store.get("cost_budget", id) if id else None
    if id and before is None:
        raise _generic("failed to upsert budget: budget not found")
    if call.validates and (wrong := _wrong(sent)):
        raise refusal("status title detail", 400, wrong)
    entries = _with_filters(sent["entries"])
    own = made(call, {**_WRITES, "org_id": "$org_number"}, (before or {}).get("attributes"))
    total = {"total_amount": sum(entry["amount"] for entry in entries), "entries": entries}
    return _kept(call, "cost_budget", id or uuid(call.store.random), "budget", {**sent, **own, **total})


def _kept(call: RouteCall, name: str, key: str, type: str, attributes: Document) -> Response:
    id = key if type == "budget" else (call.store.get(name, key) or {"id": uuid(call.store.random)})["id"]
    shown = {key: value for key, value in attributes.items() if key != "tags"}
    document = {"id": id, "type": type, "attributes": shown}
    return answer(200, {"data": call.store.put(name, key, document)})


def _found(call: RouteCall, name: str, text: str) -> Document:
    if not re.fullmatch(r"[0-9a-f-]{36}", call.args["id"]):
        raise refusal("status title detail", 400, "invalid budgetId")
    found = call.store.get(name, call.args["id"])
    if found is None:
        raise _generic(f"rpc error: code = NotFound desc = {text} not found")
    return found


@route("GET", _ONE)
def read_budget(call: RouteCall) -> Response:
    return answer(200, {"data": _found(call, "cost_budget", "budget")})


@route("DELETE", _ONE)
def delete_budget(call: RouteCall) -> Response:
    _found(call, "cost_budget", "budget")
    call.store.delete("cost_budget", call.args["id"])
    return answer(204)


@route("PUT", "/api/v2/cost/budget/custom-forecast")
def write_forecast(call: RouteCall) -> Response:
    """One for each budget."""
    sent = _attributes(call, "custom_forecast")
    budget = sent["budget_uid"]
    before = (call.store.get("cost_custom_forecast", budget) or {}).get("attributes")
    entries = _with_filters(sent["entries"])
    attributes = {**sent, **made(call, _WRITES, before), "entries": entries}
    return _kept(call, "cost_custom_forecast", budget, "custom_forecast", attributes)


@route("GET", _FORECAST)
def read_forecast(call: RouteCall) -> Response:
    return answer(200, {"data": _found(call, "cost_custom_forecast", "custom forecast")})


@route("DELETE", _FORECAST)
def delete_forecast(call: RouteCall) -> Response:
    _found(call, "cost_custom_forecast", "custom forecast")
    call.store.delete("cost_custom_forecast", call.args["id"])
    return answer(204)
