"""Synthetic tests of all types: one list, a path per type, a monitor of their own.

https://docs.datadoghq.com/api/latest/synthetics/
"""

from __future__ import annotations

from typing import Any

from ddconf.emulator.call import Call, route
from ddconf.emulator.ids import dashed, number, uuid
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


def _without_uploads(call: Call, node: Any) -> Any:
    """Contents of certificates and files do not come back; a file tells where it is kept."""
    if isinstance(node, list):
        return [_without_uploads(call, item) for item in node]
    if not isinstance(node, dict):
        return node
    node = dict(node)
    if isinstance(node.get("certificate"), dict):
        node["certificate"] = {part: _bare(item) for part, item in node["certificate"].items()}
    if isinstance(node.get("files"), list):
        node["files"] = [
            {"bucketKey": f"api-upload-file/{uuid(call.store.random)}.json"} | _bare(file)
            for file in node["files"]
        ]
    return {key: _without_uploads(call, value) for key, value in node.items()}


def _bare(upload: Document) -> Document:
    return {key: value for key, value in upload.items() if key not in ("content", "encoding")}


def _variable(sent: Document) -> Document:
    return {k: v for k, v in sent.items() if not (sent.get("secure") and k in _SECRETS)}


def _stored(call: Call, sent: Document, old: Document) -> Document:
    status = "paused" if sent["type"] == "browser" else "live"
    document: Document = {"message": "", "tags": [], "status": status} | sent
    if call.path.endswith("/mobile"):
        document.setdefault("locations", ["aws:us-west-2"])
    document["config"] = _config(call, sent["config"])
    options: Document = dict(document["options"] or {})
    if call.method == "POST" and "monitor_options" in options:
        options["monitor_options"] = _MONITOR_OPTIONS | options["monitor_options"]
    document["options"] = options
    if "steps" in sent:
        document["steps"] = [_step(call, step) for step in sent["steps"]]
    return document | {
        "public_id": old["public_id"],
        "monitor_id": old["monitor_id"],
        "created_at": old.get("created_at", call.iso),
        "modified_at": call.iso,
    }


def _step(call: Call, sent: Document) -> Document:
    kept = {key: value for key, value in sent.items() if key != "hasNewStepElement"}
    step: Document = {"public_id": dashed(call.store.random)} | _without_uploads(call, kept)
    return step


def _config(call: Call, sent: Document) -> Document:
    config: Document = _without_uploads(call, sent)
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
    hidden = ("metadata", "steps" if not test.get("steps") else "")
    shown = {key: value for key, value in test.items() if key not in hidden}
    if test["type"] in ("browser", "mobile"):
        steps = test.get("steps") or []
        asserting = [step for step in steps if str(step.get("type", "")).startswith("assert")]
        extra["stepCount"] = {"assertions": len(asserting), "subtests": 0, "total": len(steps)}
    return shown | extra


def _show(call: Call, test: Document, *, steps: bool) -> Document:
    shown = {key: value for key, value in test.items() if key not in _OF_WRITES}
    if not steps:
        shown.pop("steps", None)
    if not call.flag("include_metadata"):
        shown.pop("metadata", None)
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
    """A JSON-Patch: replace, add and remove at named places."""
    test = _find(call)
    for operation in call.body["data"]:
        *parents, last = operation["path"].strip("/").split("/")
        node = test
        for key in parents:
            node = node[int(key) if isinstance(node, list) else key]
        place = int(last) if isinstance(node, list) else last
        if operation["op"] == "remove":
            del node[place]
        else:
            node[place] = operation["value"]
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


@route("POST", f"{PATH}/trigger")
def trigger(call: Call) -> Response:
    """The runs are named; nothing runs."""
    ids = [item["public_id"] for item in call.body["tests"]]
    runs = [{"result_id": str(number(18)(call.store.random)), "public_id": id, "location": 1} for id in ids]
    locations = call.store.all("synthetics_location")[:1]
    return answer(
        200, {"batch_id": None, "results": runs, "triggered_check_ids": ids, "locations": locations}
    )


@route("POST", f"{PATH}/uptimes")
def uptimes(call: Call) -> Response:
    if not call.body.get("public_ids"):
        raise texts(400, "Minimum number of elements in parameter 'public_ids' should be 1")
    return answer(200, [])


@route("GET", "/api/v1/synthetics/locations")
def list_locations(call: Call) -> Response:
    private = call.store.all("synthetics_private_location")
    shown = [{"id": item["id"], "name": item["name"]} for item in private]
    return answer(200, {"locations": [*call.store.all("synthetics_location"), *shown]})


@route("POST", "/api/v1/synthetics/private-locations")
def create_private_location(call: Call) -> Response:
    """What its workers need is shown here and never again."""
    id = f"pl:{dashed(call.store.random)}"
    location = {"tags": [], **call.body, "id": id}
    call.store.put("synthetics_private_location", id, location)
    return answer(200, {"private_location": location, "config": {"id": id, "privateKey": "shown once"}})


@route("GET", "/api/v2/synthetics/settings/on_demand_concurrency_cap")
def read_cap(call: Call) -> Response:
    cap = call.store.fact("on_demand_concurrency_cap", 1)
    attributes = {"on_demand_concurrency_cap": cap}
    return answer(200, {"data": {"type": "on_demand_concurrency_cap", "attributes": attributes}})


@route("POST", "/api/v2/synthetics/settings/on_demand_concurrency_cap")
def write_cap(call: Call) -> Response:
    call.store.set_fact("on_demand_concurrency_cap", call.body["on_demand_concurrency_cap"])
    return read_cap(call)
