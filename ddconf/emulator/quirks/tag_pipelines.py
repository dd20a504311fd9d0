"""Tag pipelines: rulesets in an order, the name sent as the id; a query can be checked before.

https://docs.datadoghq.com/api/latest/cloud-cost-management/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.ids import uuid
from ddconf.emulator.orders import arranged, order_of
from ddconf.emulator.server_fields import fill, made
from ddconf.emulator.wire import Document, Refusal, Response, answer

_NAME = "tag_pipeline_ruleset"
_PATH = "/api/v2/tags/enrichment"
_STYLE = "status title detail"
_OWN = {"created": "$proto", "last_modified_user_uuid": "$user", "modified": "$proto"}
_FILLED = ("query", "mapping", "reference_table")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    """A create names it by its id; what happens to a tag that is there is told in both words, old and new."""
    name = (before or {}).get("name") or call.body["data"].get("id") or sent.get("name")
    if not name:
        raise refusal(_STYLE, 400, "the ruleset has no name")
    last = max((item["attributes"].get("position", 0) for item in call.store.all(RULESET.name)), default=0)
    version = call.store.fact("tag_pipeline_version", 3600000) + 1
    call.store.set_fact("tag_pipeline_version", version)
    document = {key: value for key, value in sent.items() if key != "last_version"}
    for rule in document.get("rules") or ():
        fill(rule, "metadata", None)
        for part in _FILLED:
            fill(rule, part, None)
            _tell_both(rule.get(part))
    own = made(call, _OWN, before) | {"name": name, "version": version}
    return document | own | {"position": (before or {}).get("position", last + 1)}


def _tell_both(part: Document | None) -> None:
    if not isinstance(part, dict):
        return
    if "if_tag_exists" in part and "if_not_exists" not in part:
        part["if_not_exists"] = part["if_tag_exists"] == "do_not_apply"
    part.setdefault("if_not_exists", False)


def _missing(_call: RouteCall, id: str) -> Refusal:
    return refusal(_STYLE, 404, f"ruleset {id} not found")


RULESET = ApiCollection(
    name=_NAME,
    path=_PATH,
    type="ruleset",
    update=("PATCH",),
    complete=_complete,
    select=lambda call, rulesets: arranged(rulesets, order_of(call.store, _NAME)),
    missing=_missing,
)


@route("POST", f"{_PATH}/reorder")
def reorder(call: RouteCall) -> Response:
    """Every ruleset must be named once."""
    ids = [item["id"] for item in call.body["data"]]
    if sorted(ids) != sorted(call.store.ids(RULESET.name)):
        raise refusal(_STYLE, 400, "The order must name every object exactly once")
    call.store.set_fact(f"order/{RULESET.name}", ids)
    return answer(204)


@route("POST", f"{_PATH}/validate-query")
def validate_query(call: RouteCall) -> Response:
    """The query as it would be kept."""
    text = call.body["data"]["attributes"]["Query"]
    if not str(text).strip():
        raise refusal(_STYLE, 400, "query is empty")
    attributes = {"Canonical": text}
    return answer(
        200,
        {"data": {"id": uuid(call.store.random), "type": "validate_response", "attributes": attributes}},
    )
