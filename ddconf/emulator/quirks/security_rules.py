"""Security detection rules: v2 with a bare body, versions, a PUT that keeps what it leaves out.

https://docs.datadoghq.com/api/latest/security-monitoring/
"""

from __future__ import annotations

import json

from ddconf.emulator.call import Call, route
from ddconf.emulator.generic import Family, create, delete
from ddconf.emulator.ids import dashed
from ddconf.emulator.pages import Pages
from ddconf.emulator.wire import Document, Refusal, Response, answer, coded, texts

PATH = "/api/v2/security_monitoring/rules"
_WINDOWED = ("threshold", "new_value", "impossible_travel", "anomaly_detection", "sequence_detection")
_OF_SERVER = (
    "id",
    "version",
    "createdAt",
    "updatedAt",
    "creationAuthorId",
    "updateAuthorId",
    "creator",
    "updater",
    "isDefault",
    "isDeleted",
    "isPartner",
    "isBeta",
    "isDeprecated",
    "deprecationDate",
    "defaultTags",
    "blocking",
    "metadata",
)
_DROPPED_WHEN_EMPTY = ("metrics", "metric", "customQueryExtension")
_DEFAULTS: Document = {
    "tags": [],
    "filters": [],
    "hasExtendedTitle": False,
    "type": "log_detection",
    "isDefault": False,
    "isDeleted": False,
    "isDeprecated": False,
    "isBeta": False,
    "blocking": False,
    "metadata": {"entities": None, "sources": None},
}


def _missing(call: Call, id: str) -> Refusal:
    return texts(404, "Not found" if call.method == "PUT" else f"Threat detection rule not found: {id}")


def _query(sent: Document) -> Document:
    query = {
        key: value for key, value in sent.items() if not (key in _DROPPED_WHEN_EMPTY and value in ([], ""))
    }
    if "ruleId" in query or "correlatedByFields" in query:
        return query
    if query.get("dataSource") == "app_sec_spans":
        query["dataSource"] = "spans"
    filled = {
        "groupByFields": [],
        "hasOptionalGroupByFields": False,
        "distinctFields": [],
        "name": "",
        "dataSource": "logs",
    }
    return filled | query


def _case(sent: Document) -> Document:
    case = {"name": "", "notifications": []} | sent
    if case.get("condition") == "":
        del case["condition"]
    return case


def _check(sent: Document) -> None:
    queries = sent.get("queries") or []
    if any(query.get("query") == "" for query in queries):
        raise texts(400, "Invalid rule configuration", "Query filter cannot be empty")


def _complete(call: Call, sent: Document, before: Document | None) -> Document:
    if call.validates:
        _check(sent)
    old = before or {}
    rule = {key: value for key, value in (_DEFAULTS | sent).items() if value is not None}
    rule["queries"] = [_query(query) for query in rule.get("queries") or []]
    rule["cases"] = [_case(case) for case in rule.get("cases") or []]
    rule["tags"] = sorted(set(rule["tags"]))
    rule["options"] = {"detectionMethod": "threshold"} | (rule.get("options") or {})
    for key in ("calculatedFields", "thirdPartyCases", "groupSignalsBy"):
        if rule.get(key) == []:
            del rule[key]
    return rule | {
        "version": old.get("version", 0) + 1,
        "createdAt": old.get("createdAt", call.epoch * 1000),
        "creationAuthorId": old.get("creationAuthorId", call.actor.id),
        **({"updatedAt": call.epoch * 1000, "updateAuthorId": call.actor.id} if before else {}),
    }


def _person(call: Call) -> Document:
    return {"handle": call.actor.handle, "name": call.actor.name}


def _show(call: Call, rule: Document) -> Document:
    changed = "updatedAt" in rule
    updater = _person(call) if changed else {"handle": "", "name": ""}
    return {"isPartner": False, "creator": _person(call), "updater": updater} | rule


def _wrote(call: Call, rule: Document) -> Document:
    return rule if call.method == "PUT" else _show(call, rule)


def _counted(_call: Call, total: int, shown: int) -> Document:
    return {"meta": {"page": {"total_count": total, "total_filtered_count": shown}}}


RULES = Family(
    name="security_rule",
    path=PATH,
    new_id=dashed,
    items="data",
    merges=True,
    read_only=_OF_SERVER,
    rules={
        "name": "str!",
        "message": "str!",
        "isEnabled": "bool!",
        "options": "dict!",
        "queries": "list",
        "cases": "list",
        "tags": "list",
    },
    pages=Pages("page", "page[number]", "page[size]", default=10, extra=_counted),
    complete=_complete,
    show=_show,
    wrote=_wrote,
    missing=_missing,
)


@route("POST", f"{PATH}/validation")
def validate(call: Call) -> Response:
    """204 for a rule that could be written."""
    _complete(call, call.body, None)
    options = call.body.get("options") or {}
    details = []
    keep, most = options.get("keepAlive"), options.get("maxSignalDuration")
    if keep is not None and most is not None and most < keep:
        text = "Max signal duration must be greater than or equal to keep alive"
        details.append({"code": "InvalidArgument", "message": text, "target": "maxSignalDuration"})
    if details:
        error = {"code": "InvalidArgument", "message": "Invalid rule configuration", "details": details}
        return answer(400, {"error": error})
    return answer(204)


@route("POST", PATH)
def create_one(call: Call) -> Response:
    made = create(RULES, call)
    rule = made.json()
    call.store.set_fact(f"rule_history/{rule['id']}", {"1": rule})
    return made


@route("DELETE", f"{PATH}/{{id}}")
def delete_one(call: Call) -> Response:
    rule = RULES.find(call)
    if rule.get("isDefault"):
        raise coded(403, "Forbidden", "A default rule cannot be deleted")
    return delete(RULES, call)


@route("GET", f"{PATH}/{{id}}/version_history")
def history(call: Call) -> Response:
    rule = RULES.find(call)
    versions = {str(rule["version"]): {"rule": _show(call, rule), "changes": []}}
    attributes = {"count": len(versions), "data": versions}
    data = {"id": rule["id"], "type": "GetRuleVersionHistoryResponse", "attributes": attributes}
    return answer(200, {"data": data})


@route("POST", f"{PATH}/{{id}}/restore/{{version}}")
def restore(call: Call) -> Response:
    rule = RULES.find(call)
    if str(rule["version"]) != call.args["version"]:
        text = f"Threat detection rule not found: {rule['id']}, version={call.args['version']}"
        raise coded(404, "NotFound", text)
    return answer(200, _show(call, rule))


@route("GET", f"{PATH}/{{id}}/convert")
def convert(call: Call) -> Response:
    return _converted(RULES.find(call))


@route("POST", f"{PATH}/convert")
def convert_sent(call: Call) -> Response:
    return _converted(call.body)


def _converted(rule: Document) -> Response:
    """Terraform text of a rule; only its frame is emulated."""
    name = json.dumps(rule.get("name", ""))
    text = f'resource "datadog_security_monitoring_rule" {name} {{\n\tname = {name}\n}}\n'
    return answer(200, {"ruleId": rule.get("id", ""), "terraformContent": text})
