"""Security detection rules: v2 with a bare body, versions, a PUT that keeps what it leaves out.

https://docs.datadoghq.com/api/latest/security-monitoring/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection, create, delete, update
from ddconf.emulator.ids import dashed
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.wire import Document, Refusal, Response, answer, coded, texts

PATH = "/api/v2/security_monitoring/rules"
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
_TYPE_OPTIONS: dict[str, Document] = {
    "cloud_configuration": {"keepAlive": 21600, "maxSignalDuration": 86400, "evaluationWindow": 7200}
}
_COMPLIANCE: Document = {"defaultActivationStatus": None, "defaultGroupByFields": None}
_ANOMALY: Document = {
    "bucketDuration": 300,
    "learningDuration": 24,
    "detectionTolerance": 5,
    "instantaneousBaseline": False,
    "instantaneousBaselineTimeoutMinutes": 30,
}
_METHOD_DEFAULTS: dict[str, Document] = {
    "impossibleTravelOptions": {"detectIpTransition": False},
    "newValueOptions": {"instantaneousBaselineTimeoutMinutes": 30},
    "thirdPartyRuleOptions": {"defaultNotifications": []},
}
_DROPPED_WHEN_EMPTY = ("metrics", "metric", "customQueryExtension")
_QUERY_DEFAULTS: Document = {
    "groupByFields": [],
    "hasOptionalGroupByFields": False,
    "distinctFields": [],
    "name": "",
    "dataSource": "logs",
}
_RESOURCE_QUERY: Document = {
    "groupByFields": ["resource_type", "resource_id"],
    "aggregation": "count",
    "name": "a",
}
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


def _missing(_call: RouteCall, id: str) -> Refusal:
    return coded(404, "NotFound", f"Threat detection rule not found: {id}")


def _query(sent: Document) -> Document:
    query = {
        key: value for key, value in sent.items() if not (key in _DROPPED_WHEN_EMPTY and value in ([], ""))
    }
    if "ruleId" in query or "correlatedByFields" in query:
        return {key: value for key, value in (_QUERY_DEFAULTS | query).items() if key != "dataSource"}
    if query.get("dataSource") == "app_sec_spans":
        query["dataSource"] = "spans"
    if query.get("metrics"):
        query["metric"] = query["metrics"][0]
    if query.get("index"):
        query["indexes"] = [query["index"]]
    elif len(query.get("indexes") or ()) == 1:
        query["index"] = query["indexes"][0]
    return _QUERY_DEFAULTS | query


def _third_party(rule: Document) -> Document:
    """Queries and cases of a rule for others' alerts follow from its own cases."""
    cases = [{"notifications": []} | case for case in rule["thirdPartyCases"]]
    return {
        "thirdPartyCases": cases,
        "queries": [{"query": case["query"], "aggregation": "none"} for case in cases],
        "cases": [{key: case[key] for key in ("name", "status", "notifications")} for case in cases],
    }


def _case(sent: Document) -> Document:
    case = {"name": "", "notifications": []} | sent
    if case.get("condition") == "":
        del case["condition"]
    return case


def _options(sent: Document) -> Document:
    """The method and its window are always told; the method's own options get their defaults."""
    options: Document = {"detectionMethod": "threshold", "evaluationWindow": 0} | sent
    for name, defaults in _METHOD_DEFAULTS.items():
        if name in options:
            options[name] = defaults | options[name]
    compliance = options.get("complianceRuleOptions")
    if compliance and "resourceType" not in compliance:
        resource = compliance.get("regoRule", {}).get("resourceTypes", {}).get("mainResourceType")
        options["complianceRuleOptions"] = compliance | ({"resourceType": resource} if resource else {})
    if options["detectionMethod"] == "anomaly_detection":
        options["anomalyDetectionOptions"] = _ANOMALY | options.get("anomalyDetectionOptions", {})
        for key in ("evaluationWindow", "keepAlive", "maxSignalDuration"):
            options[key] = max(options.get(key, 0), 1800)
    return options


def _check(sent: Document) -> None:
    queries = sent.get("queries") or []
    if any(query.get("query") == "" for query in queries):
        raise texts(400, "Invalid rule configuration", "Query filter cannot be empty")


def _searches(rule: Document) -> Document:
    """The queries and cases of a rule, some of which follow from its other parts."""
    found: Document = {}
    if "complianceSignalOptions" in rule:
        found["complianceSignalOptions"] = _COMPLIANCE | rule["complianceSignalOptions"]
    resource = rule["options"].get("complianceRuleOptions", {}).get("resourceType")
    queries, cases = rule.get("queries") or [], rule.get("cases") or []
    if resource and not queries:
        queries = [_RESOURCE_QUERY | {"query": f"resource_type:{resource}"}]
    if rule.get("thirdPartyCases"):
        found |= _third_party(rule)
        queries, cases = found["queries"], found["cases"]
    assumed = {"condition": "a > 0"} if rule["type"] == "cloud_configuration" else {}
    return found | {
        "queries": [_query(query) for query in queries],
        "cases": [_case(assumed | case) for case in cases],
    }


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    if call.validates:
        _check(sent)
    old = before or {}
    rule = {key: value for key, value in (_DEFAULTS | sent).items() if value is not None}
    kept = old.get("options", {}) if old.get("isDefault") else _TYPE_OPTIONS.get(rule["type"], {})
    if rule["type"] == "cloud_configuration":
        rule["hasExtendedTitle"] = True
    rule["options"] = _options(kept | (rule.get("options") or {}))
    rule |= _searches(rule)
    rule["tags"] = sorted(set(rule["tags"]))
    for key in ("calculatedFields", "thirdPartyCases", "groupSignalsBy", "customName", "customMessage"):
        if rule.get(key) in ([], ""):
            del rule[key]
    return rule | {
        "version": old.get("version", 0) + 1,
        "createdAt": old.get("createdAt", call.epoch * 1000),
        "creationAuthorId": old.get("creationAuthorId", call.actor.id),
        **({"updatedAt": call.epoch * 1000, "updateAuthorId": call.actor.id} if before else {}),
    }


def _person(call: RouteCall) -> Document:
    return {"handle": call.actor.handle, "name": call.actor.name}


def _show(call: RouteCall, rule: Document) -> Document:
    changed = "updatedAt" in rule
    updater = _person(call) if changed else {"handle": "", "name": ""}
    return {"isPartner": False, "creator": _person(call), "updater": updater} | rule


def _wrote(call: RouteCall, rule: Document) -> Document:
    if call.method == "POST":
        return _show(call, rule)
    return {key: value for key, value in rule.items() if key not in ("isPartner", "creator", "updater")}


def _counted(call: RouteCall, total: int, shown: int) -> Document:
    page = {"total_count": total, "total_filtered_count": shown}
    return {"meta": {"page": page | {"current_page": call.count("page[number]", 0)}}}


RULES = ApiCollection(
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
    pages=PageParameters("page", "page[number]", "page[size]", default=10, extra=_counted),
    complete=_complete,
    show=_show,
    show_written=_wrote,
    missing=_missing,
)


@route("POST", f"{PATH}/validation")
def validate(call: RouteCall) -> Response:
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
def create_one(call: RouteCall) -> Response:
    return _remembered(call, create(RULES, call))


@route("PUT", f"{PATH}/{{id}}")
def update_one(call: RouteCall) -> Response:
    return _remembered(call, update(RULES, call))


def _remembered(call: RouteCall, written: Response) -> Response:
    """Every version of a rule stays known."""
    rule = call.store.get(RULES.name, written.json()["id"]) or {}
    known = call.store.fact(f"rule_history/{rule['id']}", {})
    call.store.set_fact(f"rule_history/{rule['id']}", known | {str(rule["version"]): rule})
    return written


@route("DELETE", f"{PATH}/{{id}}")
def delete_one(call: RouteCall) -> Response:
    rule = RULES.find(call)
    if rule.get("isDefault"):
        raise coded(403, "Forbidden", "A default rule cannot be deleted")
    return delete(RULES, call)


@route("GET", f"{PATH}/{{id}}/version_history")
def history(call: RouteCall) -> Response:
    """The newest version first; who made it is not told."""
    rule = RULES.find(call)
    known = call.store.fact(f"rule_history/{rule['id']}", {}) or {str(rule["version"]): rule}
    nobody = {"handle": "", "name": ""}
    hidden = ("isPartner", "isBeta", "isDeprecated", "blocking", "creationAuthorId", "updateAuthorId")
    versions = {
        number: {
            "rule": {key: value for key, value in known[number].items() if key not in hidden}
            | {"creator": nobody, "updater": nobody},
            "changes": [],
        }
        for number in sorted(known, key=int, reverse=True)
    }
    attributes = {"count": len(versions), "data": versions}
    data = {"id": rule["id"], "type": "GetRuleVersionHistoryResponse", "attributes": attributes}
    return answer(200, {"data": data})


@route("POST", f"{PATH}/{{id}}/restore/{{version}}")
def restore(call: RouteCall) -> Response:
    """What an old version held becomes the newest one."""
    rule = RULES.find(call)
    old = call.store.fact(f"rule_history/{rule['id']}", {}).get(call.args["version"])
    if old is None:
        text = f"Threat detection rule not found: {rule['id']}, version={call.args['version']}"
        raise coded(404, "NotFound", text)
    stamps = {"version": rule["version"] + 1, "updatedAt": call.epoch * 1000, "updateAuthorId": call.actor.id}
    restored = call.store.put(RULES.name, rule["id"], old | stamps)
    return _remembered(call, answer(200, _show(call, restored)))
