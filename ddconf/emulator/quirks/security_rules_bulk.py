"""Detection rules as files, many at once, and tried on sample logs.

https://docs.datadoghq.com/api/latest/security-monitoring/
"""

from __future__ import annotations

import io
import json
import re
import zipfile

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import uuid
from ddconf.emulator.log_search import compiled
from ddconf.emulator.quirks.security_rules import PATH, RULES
from ddconf.emulator.wire import Document, Response, answer, coded

_CONTENT = (
    "name",
    "isEnabled",
    "queries",
    "options",
    "cases",
    "message",
    "tags",
    "hasExtendedTitle",
    "type",
    "filters",
    "calculatedFields",
    "thirdPartyCases",
    "groupSignalsBy",
    "schedulingOptions",
    "referenceTables",
    "complianceSignalOptions",
)


def _named(call: RouteCall) -> list[Document]:
    """The rules of a bulk request; all of them must exist."""
    rules = [(id, call.store.get(RULES.name, id)) for id in call.body["data"]["attributes"]["ruleIds"]]
    if absent := [id for id, rule in rules if rule is None]:
        raise coded(404, "NotFound", f"Threat detection rule not found: {', '.join(absent)}")
    return [rule for _, rule in rules if rule]


def _archive(files: dict[str, str]) -> Response:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return Response(200, packed.getvalue(), {"content-type": "application/zip"})


@route("POST", f"{PATH}/bulk_export")
def export(call: RouteCall) -> Response:
    """A file of JSON for each rule, as a create would take it."""
    return _archive(
        {
            f"{rule['name']}.json": json.dumps({key: rule[key] for key in _CONTENT if key in rule})
            for rule in _named(call)
        }
    )


@route("POST", f"{PATH}/convert/bulk")
def convert_many(call: RouteCall) -> Response:
    return _archive({f"{rule['name']}.tf": terraform(rule) for rule in _named(call)})


@route("DELETE", f"{PATH}/bulk_delete")
def delete_many(call: RouteCall) -> Response:
    ids = call.body["data"]["attributes"]["ruleIds"]
    deleted = [
        id
        for id in ids
        if (rule := call.store.get(RULES.name, id))
        and not rule["isDefault"]
        and call.store.delete(RULES.name, id)
    ]
    attributes = {"deletedRules": deleted, "failedRules": [id for id in ids if id not in deleted]}
    data = {"id": uuid(call.store.random), "type": "bulk_delete_response", "attributes": attributes}
    return answer(200, {"data": data})


@route("GET", f"{PATH}/{{id}}/convert")
def convert(call: RouteCall) -> Response:
    return answer(200, {"terraformContent": terraform(RULES.find(call))})


@route("POST", f"{PATH}/convert")
def convert_sent(call: RouteCall) -> Response:
    return answer(200, {"terraformContent": terraform(call.body)})


def terraform(rule: Document) -> str:
    """A rule in Terraform's language; lists of objects become blocks."""
    content = {key: rule[key] for key in _CONTENT if key in rule}
    content = {"enabled" if key == "isEnabled" else key: value for key, value in content.items()}
    head = f'resource "datadog_security_monitoring_rule" {json.dumps(rule.get("name", ""))} {{'
    return "\n".join([head, *_lines(content, 1), "}"]) + "\n"


def _lines(content: Document, depth: int) -> list[str]:
    indent, found = "\t" * depth, []
    for key, value in content.items():
        name = re.sub(r"(?<=[a-z])([A-Z])", r"_\1", key).lower()
        blocks = value if isinstance(value, list) and value and isinstance(value[0], dict) else [value]
        for block in blocks:
            if isinstance(block, dict):
                single = {"queries": "query", "cases": "case", "filters": "filter"}.get(name, name)
                found += [f"{indent}{single} {{", *_lines(block, depth + 1), f"{indent}}}"]
            else:
                found.append(f"{indent}{name} = {json.dumps(block)}")
    return found


@route("POST", f"{PATH}/test")
def try_sent(call: RouteCall) -> Response:
    return _tried(call.body, call.body["rule"])


@route("POST", f"{PATH}/{{id}}/test")
def try_existing(call: RouteCall) -> Response:
    return _tried(call.body, RULES.find(call))


def _tried(body: Document, rule: Document) -> Response:
    """For each sample whether the query at its index does with it what is expected."""
    results = []
    for sample in body["ruleQueryPayloads"]:
        matches = compiled(rule["queries"][sample.get("index", 0)]["query"])
        results.append(matches(_log(sample["payload"])) == sample.get("expectedResult", True))
    return answer(200, {"results": results})


def _log(payload: Document) -> Document:
    tags = [tag for tag in str(payload.get("ddtags", "")).split(",") if tag]
    source = [f"source:{payload['ddsource']}"] if "ddsource" in payload else []
    log: Document = {"tags": tags + source, "host": payload.get("hostname", ""), "attributes": payload}
    return payload | log
