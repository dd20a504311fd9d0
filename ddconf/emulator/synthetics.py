"""What Datadog makes of a synthetic test: no uploads or secrets, ids for steps, a monitor of its own."""

from __future__ import annotations

from typing import Any

from ddconf.emulator.call import RouteCall
from ddconf.emulator.ids import dashed, uuid
from ddconf.emulator.wire import Document

_SECRETS = ("example", "pattern")
_UNCOUNTED = "assertRequests"
ALERTING: Document = {
    "include_tags": True,
    "new_host_delay": 300,
    "notify_audit": False,
    "on_missing_data": "show_no_data",
}


def step_of(call: RouteCall, sent: Document) -> Document:
    kept = {key: value for key, value in sent.items() if key != "hasNewStepElement"}
    step: Document = {"public_id": dashed(call.store.random)} | _without_uploads(call, kept)
    return step


def config_of(call: RouteCall, sent: Document) -> Document:
    config: Document = _without_uploads(call, sent)
    if "steps" in config:
        config["steps"] = [{"id": dashed(call.store.random)} | step for step in config["steps"]]
    for key in ("variables", "configVariables"):
        if key in config:
            config[key] = [_variable(item) for item in config[key]]
    return config


def _without_uploads(call: RouteCall, node: Any) -> Any:
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


def step_count(steps: list[Document]) -> Document:
    """Tests played as a step are counted apart; checks of network requests are no assertions."""
    types = [str(step.get("type", "")) for step in steps]
    asserting = [type for type in types if type.startswith("assert") and type != _UNCOUNTED]
    subtests = types.count("playSubTest")
    return {"assertions": len(asserting), "subtests": subtests, "total": len(types) - subtests}


def monitor_of(call: RouteCall, test: Document, before: Document | None) -> Document:
    """The monitor that alerts for a test: nobody writes it but through the test."""
    options = test["options"] or {}
    subtype = test.get("subtype", "http")
    kind = test["type"] if subtype == "http" else f"{test['type']}-{subtype}"
    rule = options.get("ci", {}).get("executionRule", "blocking")
    places = [f"probe_dc:{location}" for location in test.get("locations") or []]
    state = [f"check_type:{kind}", f"check_status:{test['status']}", f"ci_execution_rule:{rule}"]
    old = before or {"created": call.iso, "created_at": call.epoch * 1000}
    return {
        "id": test["monitor_id"],
        "org_id": call.actor.org_id,
        "type": "synthetics alert",
        "name": options.get("monitor_name") or f"[Synthetics] {test['name']}",
        "message": test["message"],
        "tags": [*test["tags"], *places, *state],
        "query": "no_query",
        "options": ALERTING
        | options.get("monitor_options", {})
        | {"synthetics_check_id": test["public_id"], "silenced": {}},
        "multi": False,
        "created_at": old["created_at"],
        "created": old["created"],
        "modified": call.iso,
        "deleted": None,
        "restricted_roles": None,
        "priority": options.get("monitor_priority"),
        "overall_state_modified": None,
        "overall_state": "No Data",
        "creator": call.actor.creator | {"id": call.actor.id},
    }
