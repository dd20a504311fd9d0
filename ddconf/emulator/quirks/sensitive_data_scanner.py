"""Sensitive data scanner: one tree of groups and rules, versions, replies without the object.

https://docs.datadoghq.com/api/latest/sensitive-data-scanner/
"""

from __future__ import annotations

import uuid

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection, create
from ddconf.emulator.orders import arranged, order_of
from ddconf.emulator.scanner_patterns import PATTERNS
from ddconf.emulator.wire import Document, Refusal, Response, answer, detailed

CONFIG = "/api/v2/sensitive-data-scanner/config"
CONFIG_ID = "7957915c634d4dcb581fa154157f5ad9c2947f50be632fb5599862069f4d2d87"
_CONFIG_TYPE = "sensitive_data_scanner_configuration"
_PRODUCTS = ("apm", "rum", "events", "logs")
_LIMITS: Document = {
    "group_count_limit": 20,
    "rule_count_limit": 750,
    "custom_rule_count_limit": 100,
    "group_targeted_obfuscation_limit": 50,
    "org_targeted_obfuscation_limit": 1000,
    "has_cascading_enabled": False,
    "is_configuration_superseded": False,
    "is_float_sampling_rate_enabled": False,
    "min_sampling_rate": 10,
    "is_onboarded_to_telemetry": True,
}


def _malformed(messages: list[str]) -> Refusal:
    return detailed(400, title="Generic Error", detail="; ".join(messages))


def _lost(what: str) -> Refusal:
    return detailed(
        404, status="404", code="Not Found", title="Not Found", detail=f"{what} could not be found"
    )


def _rank(product: str) -> int:
    """Samplings come back in this order of products, those of a newer Datadog last."""
    return _PRODUCTS.index(product) if product in _PRODUCTS else len(_PRODUCTS)


def _group_content(_call: RouteCall, sent: Document, _before: Document | None) -> Document:
    samplings = sorted(sent.get("samplings") or [], key=lambda sampling: _rank(sampling.get("product")))
    return {"description": "", "filter": {"query": ""}, "product_list": []} | sent | {"samplings": samplings}


GROUPS = ApiCollection(
    name="sensitive_data_scanner_group",
    path=f"{CONFIG}/groups",
    type="sensitive_data_scanner_group",
    created=201,
    update=("PATCH",),
    merges=True,
    rules={
        "name": "str!",
        "is_enabled": "bool",
        "filter": "dict",
        "product_list": "list",
        "samplings": "list",
    },
    complete=_group_content,
    missing=lambda _call, _id: _lost("scanning group"),
    malformed=_malformed,
)


def _rule_content(_call: RouteCall, sent: Document, _before: Document | None) -> Document:
    return {"excluded_namespaces": [], "namespaces": [], "suppressions": {}} | sent


RULES = ApiCollection(
    name="sensitive_data_scanner_rule",
    path=f"{CONFIG}/rules",
    type="sensitive_data_scanner_rule",
    created=201,
    update=("PATCH",),
    merges=True,
    rules={
        "name": "str!",
        "is_enabled": "bool",
        "pattern": "str",
        "tags": "list",
        "text_replacement": "dict",
    },
    complete=_rule_content,
    missing=lambda _call, _id: _lost("scanning rule"),
    malformed=_malformed,
)


def _group(call: RouteCall, group: Document) -> Document:
    rules = [_link(rule) for rule in _rules_of(call, group["id"])]
    configuration = {"data": {"id": CONFIG_ID, "type": _CONFIG_TYPE}}
    return group | {"relationships": {"configuration": configuration, "rules": {"data": rules}}}


def _link(item: Document) -> Document:
    return {"id": item["id"], "type": item["type"]}


def _group_id(rule: Document) -> str:
    return str(rule.get("relationships", {}).get("group", {}).get("data", {}).get("id"))


def _rules_of(call: RouteCall, group_id: str) -> list[Document]:
    return [rule for rule in call.store.all(RULES.name) if _group_id(rule) == group_id]


def _groups(call: RouteCall) -> list[Document]:
    return arranged(call.store.all(GROUPS.name), order_of(call.store, GROUPS.name))


def _grown(call: RouteCall) -> Document:
    """Every write makes the version of the whole configuration one higher."""
    version = call.store.fact("scanner_version", 1) + 1
    call.store.set_fact("scanner_version", version)
    return {"version": version}


@route("GET", CONFIG)
def read(call: RouteCall) -> Response:
    groups = _groups(call)
    included = [_group(call, group) for group in groups] + call.store.all(RULES.name)
    links = {"groups": {"data": [_link(group) for group in groups]}}
    meta = _LIMITS | {"version": call.store.fact("scanner_version", 1)}
    data = {"id": CONFIG_ID, "type": _CONFIG_TYPE, "relationships": links}
    return answer(200, {"data": data, "meta": meta} | ({"included": included} if included else {}))


def _standard_patterns(call: RouteCall) -> list[Document]:
    """The same names everywhere, the ids of each organisation's own."""
    realm = call.store.fact("realm", "")
    return [
        {
            "type": "sensitive_data_scanner_standard_pattern",
            "id": str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.{realm}")),
            "attributes": {
                "name": name,
                "description": "",
                "pattern": pattern,
                "priority": 1,
                "tags": ["sensitive_data_category:pii"],
                "included_keywords": [],
            },
        }
        for name, pattern in PATTERNS.items()
    ]


@route("GET", f"{CONFIG}/standard-patterns")
def standard_patterns(call: RouteCall) -> Response:
    return answer(200, {"data": _standard_patterns(call)})


@route("PATCH", CONFIG)
def arrange(call: RouteCall) -> Response:
    try:
        ids = [item["id"] for item in call.body["data"]["relationships"]["groups"]["data"]]
    except (KeyError, TypeError):
        raise _malformed(["the groups are required"]) from None
    if sorted(ids) != sorted(call.store.ids(GROUPS.name)):
        detail = "The number of groups should be the same as the number of groups in the configuration"
        raise detailed(400, status="400", title="Invalid input", detail=detail)
    call.store.set_fact(f"order/{GROUPS.name}", ids)
    return answer(200, {"meta": _LIMITS | _grown(call)})


@route("POST", GROUPS.path)
def create_group(call: RouteCall) -> Response:
    made = _group(call, create(GROUPS, call).json()["data"])
    made["relationships"]["targeted_obfuscations"] = {"data": []}
    return answer(201, {"data": made, "meta": _LIMITS | _grown(call)})


@route("POST", RULES.path)
def create_rule(call: RouteCall) -> Response:
    if call.validates and not call.body["data"].get("attributes", {}).get("name"):
        raise _malformed(["rule name should not be blank"])
    if call.store.get(GROUPS.name, _group_id(call.body["data"])) is None:
        raise _lost("scanning group")
    link = call.body["data"].get("relationships", {}).get("standard_pattern", {}).get("data") or {}
    if call.validates and link and link.get("id") not in {one["id"] for one in _standard_patterns(call)}:
        raise _lost("standard pattern")
    made = create(RULES, call).json()["data"]
    made["relationships"] = made["relationships"] | {"targeted_obfuscations": {"data": []}}
    return answer(201, {"data": made, "meta": _grown(call)})


@route("PATCH", f"{GROUPS.path}/{{id}}")
def change_group(call: RouteCall) -> Response:
    return _changed(GROUPS, call)


@route("PATCH", f"{RULES.path}/{{id}}")
def change_rule(call: RouteCall) -> Response:
    return _changed(RULES, call)


def _changed(family: ApiCollection, call: RouteCall) -> Response:
    """The reply to a change does not tell the object."""
    found, data = family.find(call), call.body["data"]
    if call.validates and data.get("type") != family.type:
        detail = f'got type "{data.get("type", "")}" expected one of "{family.type}"'
        raise detailed(400, status="400", title="Bad Request", detail=detail)
    changed = found | {"attributes": found["attributes"] | data.get("attributes", {})}
    if family is RULES and "group" in data.get("relationships", {}):
        changed["relationships"] = {"group": data["relationships"]["group"]}
    call.store.put(family.name, found["id"], changed)
    return answer(200, {"data": None, "meta": _grown(call)})


@route("DELETE", f"{GROUPS.path}/{{id}}")
def delete_group(call: RouteCall) -> Response:
    group = GROUPS.find(call)
    for rule in _rules_of(call, group["id"]):
        call.store.delete(RULES.name, rule["id"])
    call.store.delete(GROUPS.name, group["id"])
    return answer(200, {"data": None, "meta": _grown(call)})


@route("DELETE", f"{RULES.path}/{{id}}")
def delete_rule(call: RouteCall) -> Response:
    call.store.delete(RULES.name, RULES.find(call)["id"])
    return answer(200, {"data": None, "meta": _grown(call)})
