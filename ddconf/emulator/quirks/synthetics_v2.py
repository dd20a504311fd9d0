"""What the second API version adds to synthetic tests: bulk deletes, versions, parents, JSON patches, files.

https://docs.datadoghq.com/api/latest/synthetics/
"""

from __future__ import annotations

from typing import Any

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import uuid
from ddconf.emulator.json_patch import patched
from ddconf.emulator.quirks.synthetics_suites import PATH as SUITES_PATH
from ddconf.emulator.quirks.synthetics_suites import SUITES
from ddconf.emulator.quirks.synthetics_tests import delete, find
from ddconf.emulator.quirks.synthetics_variables import VARIABLES
from ddconf.emulator.wire import Document, Response, answer, texts

PATH = "/api/v2/synthetics/tests"
_SUBTESTS = "/api/v2/synthetics/api-multistep/subtests/{id}"


@route("POST", f"{PATH}/bulk-delete")
def delete_many(call: RouteCall) -> Response:
    ids = call.body["data"]["attributes"]["public_ids"]
    gone = [id for id in ids if delete(call, id)]
    if not gone:
        raise texts(404, "Synthetics test not found")
    stamps = {"deleted_at": call.now.strftime("%Y-%m-%d %H:%M:%S.%f")}
    deleted = [{"type": "delete_tests", "id": id, "attributes": stamps | {"public_id": id}} for id in gone]
    return answer(200, {"data": deleted})


@route("GET", f"{PATH}/{{id}}/version_history")
def versions(call: RouteCall) -> Response:
    """Only the version that stands is kept."""
    test = find(call)
    attributes = {"author_uuid": call.actor.uuid, "change_metadata": [], "version_number": 1}
    attributes["version_payload_created_at"] = test["modified_at"]
    data = {"id": f"{test['public_id']}-1", "type": "version_metadata", "attributes": attributes}
    meta = {"next_last_version_number": None, "retention_period_in_days": 30}
    return answer(200, {"data": [data], "meta": meta})


@route("GET", f"{PATH}/{{id}}/version_history/{{version}}")
def read_version(call: RouteCall) -> Response:
    test = find(call)
    if call.args["version"] != "1":
        raise texts(404, f"Version {call.args['version']} not found")
    author = call.actor.creator | {"id": call.actor.uuid}
    attributes = {"author": author, "change_metadata": [], "payload": test}
    attributes["version_payload_created_at"] = test["modified_at"]
    data = {"id": f"{test['public_id']}-1", "type": "version", "attributes": attributes}
    return answer(200, {"data": data})


def _parent(type: str, document: Document, child: Document) -> Document:
    attributes = {
        "public_id": document["public_id"],
        "name": document["name"],
        "monitor_id": document["monitor_id"],
        "child_public_id": child["public_id"],
        "child_name": child["name"],
        "overall_state": 2,
        "overall_state_modified": document["modified_at"],
    }
    return {"id": document["public_id"], "type": type, "attributes": attributes}


@route("GET", f"{PATH}/{{id}}/parent-suites")
def parent_suites(call: RouteCall) -> Response:
    test = find(call)
    found = [
        _parent("parent_suite", suite["attributes"] | {"public_id": suite["id"]}, test)
        for suite in call.store.all(SUITES.name)
        if any(item.get("public_id") == test["public_id"] for item in suite["attributes"]["tests"])
    ]
    return answer(200, {"data": found})


def _plays(test: Document) -> list[Any]:
    return [step.get("subtestPublicId") for step in test["config"].get("steps", [])]


@route("GET", _SUBTESTS)
def subtests(call: RouteCall) -> Response:
    played = [test for id in _plays(find(call)) if id and (test := call.store.get("synthetics_test", id))]
    shown = [{key: test[key] for key in ("public_id", "name")} for test in played]
    return answer(
        200,
        {"data": [{"id": item["public_id"], "type": "subtest", "attributes": item} for item in shown]},
    )


@route("GET", f"{_SUBTESTS}/parents")
def subtest_parents(call: RouteCall) -> Response:
    child = find(call)
    tests = [test for test in call.store.all("synthetics_test") if child["public_id"] in _plays(test)]
    return answer(200, {"data": [_parent("parent_test", test, child) for test in tests]})


def _operations(call: RouteCall) -> list[Document]:
    found: list[Document] = call.body["data"]["attributes"]["json_patch"]
    return found


@route("PATCH", f"{SUITES_PATH}/{{id}}/jsonpatch")
def patch_suite(call: RouteCall) -> Response:
    suite = SUITES.find(call)
    changed = patched(suite["attributes"], _operations(call)) | {"modified_at": call.iso}
    changed |= {"version": suite["attributes"]["version"] + 1, "version_uuid": uuid(call.store.random)}
    kept = call.store.put(SUITES.name, suite["id"], suite | {"attributes": changed})
    assert SUITES.show_written
    return answer(200, {"data": SUITES.show_written(call, kept)})


@route("PATCH", "/api/v2/synthetics/variables/{id}/jsonpatch")
def patch_variable(call: RouteCall) -> Response:
    variable = patched(VARIABLES.find(call), _operations(call)) | {"modified_at": call.iso}
    call.store.put(VARIABLES.name, variable["id"], variable)
    assert VARIABLES.show_written
    attributes = VARIABLES.show_written(call, variable)
    data = {"id": variable["id"], "type": "global_variables", "attributes": attributes}
    return answer(200, {"data": data})


@route("PUT", "/api/v2/synthetics/downtimes/{id}/tests/{test_id}")
@route("DELETE", "/api/v2/synthetics/downtimes/{id}/tests/{test_id}")
def silence(call: RouteCall) -> Response:
    """A downtime with one test more or less."""
    downtime = call.store.get("synthetics_downtime", call.args["id"])
    if downtime is None:
        raise texts(404, f"{call.args['id']} not found")
    others = [id for id in downtime["attributes"]["testIds"] if id != call.args["test_id"]]
    ids = [*others, call.args["test_id"]] if call.method == "PUT" else others
    changed = downtime | {"attributes": downtime["attributes"] | {"testIds": ids}}
    call.store.put("synthetics_downtime", downtime["id"], changed)
    return answer(200, {"data": changed}) if call.method == "PUT" else answer(204)


@route("POST", f"{PATH}/{{id}}/files/multipart-presigned-urls")
def upload_addresses(call: RouteCall) -> Response:
    test, sent = find(call), call.body
    key = f"{sent['bucketKeyPrefix']}/{test['public_id']}/{uuid(call.store.random)}"
    urls = {str(part["partNumber"]): f"https://uploads.example.com/{key}" for part in sent["parts"]}
    params = {"key": key, "upload_id": uuid(call.store.random), "urls": urls}
    return answer(200, {"bucketKey": key, "multipart_presigned_urls_params": params})


@route("POST", f"{PATH}/{{id}}/files/multipart-upload-complete")
@route("POST", f"{PATH}/{{id}}/files/multipart-upload-abort")
def end_upload(call: RouteCall) -> Response:
    find(call)
    return answer(200 if call.path.endswith("complete") else 204)


@route("POST", f"{PATH}/{{id}}/files/download")
def download_address(call: RouteCall) -> Response:
    find(call)
    return answer(200, {"url": f"https://uploads.example.com/{call.body['bucketKey']}"})
