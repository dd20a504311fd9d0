"""Synthetic tests of all types: one list, a path per type, a monitor of their own.

https://docs.datadoghq.com/api/latest/synthetics/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import dashed, number
from ddconf.emulator.json_patch import patched
from ddconf.emulator.synthetics import ALERTING, config_of, monitor_of, step_count, step_of
from ddconf.emulator.wire import Document, Response, answer, texts

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


def find(call: RouteCall) -> Document:
    """The test in the path."""
    found = call.store.get("synthetics_test", call.args["id"])
    if found is None:
        raise texts(404, "Synthetics test not found")
    return found


def _checked(call: RouteCall) -> Document:
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


def _stored(call: RouteCall, sent: Document, old: Document) -> Document:
    status = "paused" if sent["type"] == "browser" else "live"
    document: Document = {"message": "", "tags": [], "status": status} | sent
    if call.path.endswith("/mobile"):
        document.setdefault("locations", ["aws:us-west-2"])
    document["config"] = config_of(call, sent["config"])
    options: Document = dict(document["options"] or {})
    if call.method == "POST" and "monitor_options" in options:
        options["monitor_options"] = ALERTING | options["monitor_options"]
    document["options"] = options
    if "steps" in sent:
        document["steps"] = [step_of(call, step) for step in sent["steps"]]
    return document | {
        "public_id": old["public_id"],
        "monitor_id": old["monitor_id"],
        "created_at": old.get("created_at", call.iso),
        "modified_at": call.iso,
    }


def _wrote(call: RouteCall, test: Document) -> Document:
    extra: Document = {
        "org_id": call.actor.org_id,
        "deleted_at": None,
        "created_by": call.actor.creator,
        "modified_by": call.actor.creator,
    }
    told_empty = call.method == "PUT" and test["type"] == "browser"
    hidden = ("metadata", "steps" if not (test.get("steps") or told_empty) else "")
    shown = {key: value for key, value in test.items() if key not in hidden}
    if told_empty:
        shown.setdefault("steps", [])
    if test["type"] in ("browser", "mobile"):
        extra["stepCount"] = step_count(test.get("steps") or [])
    if call.method == "PUT":
        shown["config"] = _with_subtests(call, test["config"])
    return shown | extra


def _with_subtests(call: RouteCall, config: Document) -> Document:
    """The reply to an update tells the tests that a multistep test plays, in full."""

    def shown(step: Document) -> Document:
        subtest = call.store.get("synthetics_test", step.get("subtestPublicId", ""))
        return step | ({"subtest": _show(call, subtest, steps=False)} if subtest else {})

    return config | ({"steps": [shown(step) for step in config["steps"]]} if "steps" in config else {})


def _put(call: RouteCall, test: Document) -> Document:
    """Keep a test, and the monitor that goes with it."""
    call.store.put("synthetics_test", test["public_id"], test)
    old = call.store.get("monitor", test["monitor_id"])
    call.store.put("monitor", test["monitor_id"], monitor_of(call, test, old))
    return test


def _show(call: RouteCall, test: Document, *, steps: bool) -> Document:
    shown = {key: value for key, value in test.items() if key not in _OF_WRITES}
    if not steps:
        shown.pop("steps", None)
    if not call.flag("include_metadata"):
        shown.pop("metadata", None)
    return shown | {"creator": call.actor.creator}


@route("GET", PATH)
def list_tests(call: RouteCall) -> Response:
    tests = [_show(call, test, steps=False) for test in call.store.all("synthetics_test")]
    size, page = call.count("page_size", 0), call.count("page_number", 0)
    shown = tests[page * size : (page + 1) * size] if size else tests
    return answer(200, {"tests": shown} | ({"total": len(tests)} if size else {}))


@route("POST", f"{PATH}/{{kind}}")
def create(call: RouteCall) -> Response:
    sent = _checked(call)
    store = call.store
    made = {
        "public_id": store.new_id("synthetics_test", dashed),
        "monitor_id": store.new_id("monitor", number(9)),
    }
    return answer(200, _wrote(call, _put(call, _stored(call, sent, made))))


@route("GET", f"{PATH}/{{id}}")
def read(call: RouteCall) -> Response:
    return answer(200, _show(call, find(call), steps=False))


@route("GET", f"{PATH}/{{kind}}/{{id}}")
def read_in_full(call: RouteCall) -> Response:
    return answer(200, _show(call, find(call), steps=True))


@route("PUT", f"{PATH}/{{id}}")
@route("PUT", f"{PATH}/{{kind}}/{{id}}")
def update(call: RouteCall) -> Response:
    old = find(call)
    sent = {"locations": old.get("locations"), "status": old.get("status")} | _checked(call)
    return answer(200, _wrote(call, _put(call, _stored(call, sent, old))))


@route("PATCH", f"{PATH}/{{id}}")
def patch(call: RouteCall) -> Response:
    test = patched(find(call), call.body["data"])
    return answer(200, _wrote(call, _put(call, test | {"modified_at": call.iso})))


@route("PUT", f"{PATH}/{{id}}/status")
def pause(call: RouteCall) -> Response:
    test = find(call)
    status = call.body.get("new_status")
    if status not in ("live", "paused"):
        raise texts(400, "'new_status' must be live or paused")
    _put(call, test | {"status": status})
    return answer(200, True)


@route("POST", f"{PATH}/delete")
def delete_many(call: RouteCall) -> Response:
    ids = call.body.get("public_ids") if isinstance(call.body, dict) else None
    if not isinstance(ids, list):
        raise texts(400, "'public_ids' is a required property")
    gone = [id for id in ids if delete(call, id)]
    if not gone:
        raise texts(404, "Synthetics test not found")
    deleted = [{"public_id": id, "deleted_at": call.iso} for id in gone]
    return answer(200, {"deleted_tests": deleted})


def delete(call: RouteCall, id: str) -> bool:
    """Whether there was such a test; its monitor goes with it."""
    test = call.store.get("synthetics_test", id)
    if test is None:
        return False
    call.store.delete("monitor", test.get("monitor_id", ""))
    return call.store.delete("synthetics_test", id)


@route("GET", f"{PATH}/search")
def search(call: RouteCall) -> Response:
    """Tests by the words of their names and by their tags."""
    words = call.query.get("text", "").lower().split()
    tests = [test for test in call.store.all("synthetics_test") if all(word in _text(test) for word in words)]
    start, size = call.count("start", 0), call.count("count", 50)
    full = call.flag("include_full_config")
    shown = [_show(call, test, steps=False) for test in tests[start : start + size]]
    shown = shown if full else [{k: v for k, v in test.items() if k != "config"} for test in shown]
    return answer(200, {"tests": shown, "total": len(tests)})


def _text(test: Document) -> str:
    return " ".join([test["name"], *(f"tag:{tag}" for tag in test["tags"])]).lower()
