"""Runs of synthetic tests: they are named and listed, but nothing runs. A store may be given results to tell.

https://docs.datadoghq.com/api/latest/synthetics/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import number, uuid
from ddconf.emulator.quirks.synthetics_settings import PUBLIC
from ddconf.emulator.quirks.synthetics_tests import PATH, find
from ddconf.emulator.wire import Document, Response, answer, texts

V2 = "/api/v2/synthetics/tests"


def _runs(call: RouteCall, ids: list[str]) -> tuple[list[Document], list[Document]]:
    """A run of each test at each of its locations, and those locations."""
    names: dict[str, int] = {}
    runs = []
    for id in ids:
        test = call.store.get("synthetics_test", id)
        if test is None:
            raise texts(404, "Synthetics test not found")
        for name in test.get("locations") or []:
            place = names.setdefault(name, int(number(5)(call.store.random)))
            run = {"result_id": str(number(18)(call.store.random)), "public_id": id, "location": place}
            devices = test["options"].get("device_ids") or [None]
            runs += [run | ({"device": device} if device else {}) for device in devices]
    return runs, [_location(name, id) for name, id in names.items()]


def _location(name: str, id: int) -> Document:
    title, region = PUBLIC.get(name, (name, ""))
    place = {"name": name, "display_name": title, "region": region, "id": id}
    return place | {"is_active": True, "is_public": name in PUBLIC, "metadata": None}


@route("POST", f"{PATH}/trigger")
def trigger(call: RouteCall) -> Response:
    ids = [item["public_id"] for item in call.body["tests"]]
    runs, locations = _runs(call, ids)
    told = {"batch_id": None, "results": runs, "triggered_check_ids": ids, "locations": locations}
    return answer(200, told)


@route("POST", f"{PATH}/trigger/ci")
def trigger_batch(call: RouteCall) -> Response:
    """The same, with a batch that gathers the results."""
    ids = [item["public_id"] for item in call.body["tests"]]
    runs, locations = _runs(call, ids)
    id = uuid(call.store.random)
    metadata = next((item["metadata"] for item in call.body["tests"] if "metadata" in item), None)
    names = {location["id"]: location["name"] for location in locations}
    results = [_batched(call, run, names[run["location"]]) for run in runs]
    call.store.put(
        "synthetics_batch", id, {"metadata": metadata, "results": results, "status": "in_progress"}
    )
    told = {"batch_id": id, "results": runs, "triggered_check_ids": ids, "locations": locations}
    return answer(200, told)


def _batched(call: RouteCall, run: Document, location: str) -> Document:
    test = call.store.get("synthetics_test", run["public_id"]) or {}
    return {
        "result_id": run["result_id"],
        "test_public_id": run["public_id"],
        "test_name": test.get("name"),
        "test_type": test.get("type"),
        "location": location,
        "device": run.get("device", ""),
        "execution_rule": test["options"].get("ci", {}).get("executionRule", "blocking"),
        "duration": 0,
        "retries": 0,
        "status": "in_progress",
    }


@route("GET", "/api/v1/synthetics/ci/batch/{id}")
def read_batch(call: RouteCall) -> Response:
    batch = call.store.get("synthetics_batch", call.args["id"])
    if batch is None:
        raise texts(404, "Batch not found")
    return answer(200, {"data": batch})


@route("GET", f"{PATH}/{{id}}/results")
@route("GET", f"{PATH}/browser/{{id}}/results")
def latest_results(call: RouteCall) -> Response:
    """The newest results; they stay when their test is gone."""
    results = call.store.all(_collection(call))
    if not results:
        find(call)
    last = max((result["check_time"] for result in results), default=call.epoch * 1000)
    return answer(200, {"last_timestamp_fetched": last, "results": results})


@route("GET", f"{PATH}/{{id}}/results/{{result_id}}")
@route("GET", f"{PATH}/browser/{{id}}/results/{{result_id}}")
def read_result(call: RouteCall) -> Response:
    return answer(200, _result(call))


@route("GET", f"{V2}/{{id}}/results")
@route("GET", f"{V2}/browser/{{id}}/results")
def latest_results_v2(call: RouteCall) -> Response:
    results = call.store.all(_collection(call))
    if not results:
        find(call)
    return answer(200, {"data": results})


@route("GET", f"{V2}/{{id}}/results/{{result_id}}")
@route("GET", f"{V2}/browser/{{id}}/results/{{result_id}}")
def read_result_v2(call: RouteCall) -> Response:
    return answer(200, {"data": _result(call)})


@route("GET", f"{V2}/poll_results")
def poll(call: RouteCall) -> Response:
    return answer(200, {"data": []})


@route("GET", f"{V2}/fast/{{result_id}}")
def fast_result(call: RouteCall) -> Response:
    raise texts(404, f"Result {call.args['result_id']} not found")


def _collection(call: RouteCall) -> str:
    return f"synthetics_result/{call.args['id']}"


def _result(call: RouteCall) -> Document:
    found = call.store.get(_collection(call), call.args["result_id"])
    if found is None:
        find(call)
        raise texts(404, "Synthetics test result not found")
    return found


@route("POST", f"{PATH}/uptimes")
def uptimes(call: RouteCall) -> Response:
    """What never ran was never up."""
    if not call.body.get("public_ids"):
        raise texts(400, "Minimum number of elements in parameter 'public_ids' should be 1")
    start, end = call.body["from_ts"], call.body["to_ts"]
    tests = [id for id in call.body["public_ids"] if call.store.get("synthetics_test", id)]
    return answer(200, [{"public_id": id, "from_ts": start, "to_ts": end, "overall": None} for id in tests])
