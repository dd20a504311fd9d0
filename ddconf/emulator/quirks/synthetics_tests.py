"""Synthetic tests of all types: one list, a path per type, a monitor of their own.

https://docs.datadoghq.com/api/latest/synthetics/
"""

from __future__ import annotations

from typing import Any

from ddconf.emulator.call import Call, route
from ddconf.emulator.ids import dashed, number
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v1/synthetics/tests"
_OF_WRITES = (
    "org_id",
    "deleted_at",
    "created_by",
    "modified_by",
    "stepCount",
    "creation_source",
    "overall_state",
    "overall_state_modified",
)
_MONITOR_OPTIONS: Document = {
    "include_tags": True,
    "new_host_delay": 300,
    "notify_audit": False,
    "on_missing_data": "show_no_data",
}
_SECRETS = ("example", "pattern")


def _missing(_call: Call, _id: str) -> Refusal:
    return texts(404, "Synthetics test not found")


def _find(call: Call) -> Document:
    found = call.store.get("synthetics_test", call.args["id"])
    if found is None:
        raise _missing(call, call.args["id"])
    return found


def _checked(call: Call) -> Document:
    body = call.body
    if not isinstance(body, dict):
        raise texts(400, "The request body is not a valid object")
    if call.validates:
        wanted = ("name", "config", "options", "locations", "type")
        absent = [
            key for key in wanted if key not in body and not (key == "locations" and "mobile" in call.path)
        ]
        if absent:
            raise texts(400, *(f"'{key}' is a required property" for key in absent))
    return {key: value for key, value in body.items() if key not in (*_OF_WRITES, "public_id", "monitor_id")}


def _without_certificates(node: Any) -> Any:
    """What was uploaded does not come back."""
    if isinstance(node, dict):
        certificate = node.get("certificate")
        if isinstance(certificate, dict):
            kept = {
                part: {key: value for key, value in item.items() if key != "content"}
                for part, item in certificate.items()
            }
            node = node | {"certificate": kept}
        return {key: _without_certificates(value) for key, value in node.items()}
    return [_without_certificates(item) for item in node] if isinstance(node, list) else node


def _variable(sent: Document) -> Document:
    return {k: v for k, v in sent.items() if not (sent.get("secure") and k in _SECRETS)}


def _stored(call: Call, sent: Document, old: Document) -> Document:
    document = {"message": "", "tags": [], "status": "live"} | sent
    document["config"] = _config(call, sent["config"])
    options = dict(document.get("options") or {})
    options["monitor_options"] = _MONITOR_OPTIONS | (options.get("monitor_options") or {})
    document["options"] = options
    document.pop("metadata", None)
    if "steps" in sent:
        document["steps"] = [{"public_id": dashed(call.store.random)} | step for step in sent["steps"]]
    moment = call.iso
    return document | {
        "public_id": old["public_id"],
        "monitor_id": old["monitor_id"],
        "created_at": old.get("created_at", moment),
        "modified_at": moment,
    }


def _config(call: Call, sent: Document) -> Document:
    config: Document = _without_certificates(sent)
    if "steps" in config:
        config["steps"] = [{"id": dashed(call.store.random)} | step for step in config["steps"]]
    for key in ("variables", "configVariables"):
        if key in config:
            config[key] = [_variable(item) for item in config[key]]
    return config


def _wrote(call: Call, test: Document) -> Document:
    extra: Document = {
        "org_id": call.actor.org_id,
        "deleted_at": None,
        "created_by": call.actor.creator,
        "modified_by": call.actor.creator,
    }
    shown = {key: value for key, value in test.items() if not (key == "steps" and value == [])}
    if test["type"] in ("browser", "mobile"):
        steps = test.get("steps") or []
        asserting = [step for step in steps if str(step.get("type", "")).startswith("assert")]
        extra["stepCount"] = {"assertions": len(asserting), "subtests": 0, "total": len(steps)}
    return shown | extra


def _show(call: Call, test: Document, *, steps: bool) -> Document:
    shown = {key: value for key, value in test.items() if key not in _OF_WRITES}
    if not steps:
        shown.pop("steps", None)
    return shown | {"creator": call.actor.creator}


@route("GET", PATH)
def list_tests(call: Call) -> Response:
    tests = [_show(call, test, steps=False) for test in call.store.all("synthetics_test")]
    size, page = call.count("page_size", 0), call.count("page_number", 0)
    shown = tests[page * size : (page + 1) * size] if size else tests
    return answer(200, {"tests": shown} | ({"total": len(tests)} if size else {}))


@route("POST", f"{PATH}/{{kind}}")
def create(call: Call) -> Response:
    sent = _checked(call)
    store = call.store
    made = {
        "public_id": store.new_id("synthetics_test", dashed),
        "monitor_id": store.new_id("monitor", number(9)),
    }
    test = _stored(call, sent, made)
    store.put("synthetics_test", test["public_id"], test)
    return answer(200, _wrote(call, test))


@route("GET", f"{PATH}/{{id}}")
def read(call: Call) -> Response:
    return answer(200, _show(call, _find(call), steps=False))


@route("GET", f"{PATH}/{{kind}}/{{id}}")
def read_in_full(call: Call) -> Response:
    return answer(200, _show(call, _find(call), steps=True))


@route("PUT", f"{PATH}/{{id}}")
@route("PUT", f"{PATH}/{{kind}}/{{id}}")
def update(call: Call) -> Response:
    old = _find(call)
    sent = {"locations": old.get("locations"), "status": old.get("status")} | _checked(call)
    test = _stored(call, sent, old)
    call.store.put("synthetics_test", test["public_id"], test)
    return answer(200, _wrote(call, test))


@route("PATCH", f"{PATH}/{{id}}")
def patch(call: Call) -> Response:
    """A JSON-Patch of replacements and additions at named fields."""
    test = _find(call)
    for operation in call.body["data"]:
        *parents, last = operation["path"].strip("/").split("/")
        node = test
        for key in parents:
            node = node[key]
        node[last] = operation["value"]
    test["modified_at"] = call.iso
    call.store.put("synthetics_test", test["public_id"], test)
    return answer(200, _wrote(call, test))


@route("PUT", f"{PATH}/{{id}}/status")
def pause(call: Call) -> Response:
    test = _find(call)
    status = call.body.get("new_status")
    if status not in ("live", "paused"):
        raise texts(400, "'new_status' must be live or paused")
    call.store.put("synthetics_test", test["public_id"], test | {"status": status})
    return answer(200, True)


@route("POST", f"{PATH}/delete")
def delete_many(call: Call) -> Response:
    ids = call.body.get("public_ids") if isinstance(call.body, dict) else None
    if not isinstance(ids, list):
        raise texts(400, "'public_ids' is a required property")
    gone = [id for id in ids if call.store.delete("synthetics_test", id)]
    if not gone:
        raise texts(404, "Synthetics test not found")
    deleted = [{"public_id": id, "deleted_at": call.iso} for id in gone]
    return answer(200, {"deleted_tests": deleted})
