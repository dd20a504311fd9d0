"""A list that is not whole: its kind is unknown, and nothing of it is created, forgotten or deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ddconf.emulator import faults
from ddconf.emulator.faults import Fault, calls
from ddconf.emulator.wire import answer
from tests.e2e import thirty
from tests.e2e.conftest import Desk
from tests.e2e.trouble import FAULTS, short_waits

LISTS = {
    "monitor": "/api/v1/monitor",
    "logs_custom_pipeline": "/api/v1/logs/config/pipelines",
    "dashboard": "/api/v1/dashboard",
    "service_level_objective": "/api/v1/slo",
    "logs_metric": "/api/v2/logs/config/metrics",
}


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    with short_waits():
        yield


def refused(desk: Desk, kind: str) -> None:
    """Every command that compares stops at the kind, and the organisation and the state stay as they are."""
    organisation, state = desk.app.store.snapshot(), desk.state.read_bytes()
    for command in (
        ("plan",),
        ("drift",),
        ("apply", "--auto-approve"),
        ("apply", "--auto-approve", "--refresh-only"),
        ("destroy", "--auto-approve", "--allow-deletes=99"),
    ):
        ran = desk.ddconf(*command)
        assert ran.code == 1, (command, ran.out)
        assert f"cannot read {kind}" in ran.err
        assert "Traceback" not in ran.err
    assert desk.app.store.snapshot() == organisation
    assert desk.state.read_bytes() == state


@pytest.mark.parametrize("fault", ["500", "html", "cut short", "reset before"])
def test_a_list_that_fails_makes_the_kind_unknown(desk: Desk, fault: str) -> None:
    thirty.define(desk, thirty.before())
    desk.done("apply", "--auto-approve")
    thirty.define(desk, {"monitor": {"new": thirty.monitor(99, "x")}})
    desk.app.faults.on(FAULTS[fault], calls("GET", "/api/v1/monitor"), times=1000)
    refused(desk, "monitor")


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_that_lacks_what_we_own_makes_the_kind_unknown(desk: Desk, kind: str) -> None:
    thirty.define(desk, thirty.after())
    desk.done("apply", "--auto-approve")
    whole = LISTS[kind]
    desk.app.faults.on(faults.truncated(0), lambda request: request.path == whole, times=1000)
    refused(desk, kind)


@pytest.mark.parametrize(
    "fault", [*(FAULTS[name] for name in ("500", "html", "cut short")), faults.truncated(7)]
)
def test_a_later_page_that_is_not_whole_makes_the_kind_unknown(desk: Desk, fault: faults.Fault) -> None:
    """Among other people's objects, where no entry tells what is missing."""
    fill(desk, 1100)
    thirty.define(desk, {"service_level_objective": {"mine": slo(5000)}})
    desk.app.faults.on(fault, lambda request: "offset=1000" in request.target, times=1000)
    ran = desk.ddconf("apply", "--auto-approve")
    assert any("offset=1000" in exchange.path for exchange in desk.app.log), "it was not read in pages"
    assert ran.code == 1 and "cannot read service_level_objective" in ran.err
    assert thirty.counts(desk)["slo"] == 1100


HIDDEN: dict[str, tuple[str, dict[str, Any]]] = {
    "monitor": ("/api/v1/monitor", thirty.monitor(0, "theirs")),
    "dashboard": ("/api/v1/dashboard", {"title": "d", "layout_type": "ordered", "widgets": []}),
    "logs_custom_pipeline": (
        "/api/v1/logs/config/pipelines",
        {"name": "p", "filter": {"query": "source:a"}, "processors": []},
    ),
    "synthetics_global_variable": (
        "/api/v1/synthetics/variables",
        {"name": "V", "description": "", "tags": [], "value": {"secure": False, "value": "x"}},
    ),
}


def theirs(desk: Desk, kind: str, number: int = 4) -> dict[str, Any]:
    """Objects of others in an organisation, and a definition with the natural key of the last one."""
    path, body = HIDDEN[kind]
    field = "title" if kind == "dashboard" else "name"
    for other in range(number):
        desk.api("POST", path, body | {field: f"{body[field]}{other}"})
    return {kind: {"mine": body | {field: f"{body[field]}{number - 1}"}}}


def lists(kind: str) -> Any:
    return lambda request: request.method == "GET" and request.path == HIDDEN[kind][0]


def refused_to_create(desk: Desk, why: str) -> None:
    before = desk.app.store.snapshot()
    assert "1 to add" in desk.done("plan")
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code != 0
    assert why in ran.err
    assert "Traceback" not in ran.err
    assert desk.app.store.snapshot() == before


@pytest.mark.parametrize("kind", HIDDEN)
def test_what_one_cut_list_hides_gets_no_twin(desk: Desk, kind: str) -> None:
    thirty.define(desk, theirs(desk, kind))
    desk.app.faults.on(faults.truncated(2), lists(kind), times=2)
    refused_to_create(desk, "exists already, though the list that the plan was made from lacked it")
    assert "will be adopted" in desk.done("plan")


@pytest.mark.parametrize("kind", ["monitor", "dashboard", "logs_custom_pipeline"])
def test_what_every_list_hides_gets_no_twin_where_anything_tells_of_it(desk: Desk, kind: str) -> None:
    thirty.define(desk, theirs(desk, kind))
    desk.app.faults.on(faults.truncated(2), lists(kind), times=1000)
    refused_to_create(desk, "the list cannot be used: it ")


@pytest.mark.parametrize("order", [{"pipeline_ids": 7}, {"pipeline_ids": [None, {}]}, {}])
def test_an_order_of_an_unheard_of_shape_is_no_traceback(desk: Desk, order: dict[str, Any]) -> None:
    pipeline = HIDDEN["logs_custom_pipeline"][1]
    thirty.define(desk, {"logs_custom_pipeline": {"p": pipeline}, "monitor": {"m": thirty.monitor(0, "x")}})
    odd = Fault("odd", lambda _request: answer(200, order))
    desk.app.faults.on(odd, lambda request: request.path == "/api/v1/logs/config/pipeline-order", times=1000)
    ran = desk.ddconf("apply", "--auto-approve")
    assert "Traceback" not in ran.err
    assert thirty.counts(desk)["monitor"] == 1


def test_a_last_page_that_is_missing_is_seen_before_anything_is_made(desk: Desk) -> None:
    first = desk.api("POST", "/api/v1/monitor", thirty.monitor(0, "theirs"))
    for other in range(1, 1100):
        desk.app.store.put("monitor", other, {**first, "id": other, "name": f"theirs {other}"})
    thirty.define(desk, {"monitor": {"mine": thirty.monitor(0, "theirs") | {"name": "theirs 1099"}}})
    gone = faults.truncated(0)
    desk.app.faults.on(gone, lambda request: "page=1&page_size=1000" in request.target, times=1000)
    refused_to_create(desk, "it holds 1000, and there are more")


def test_a_plan_with_nothing_to_create_asks_no_list_twice(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    desk.done("apply", "--auto-approve")
    desk.app.log.clear()
    desk.done("apply", "--auto-approve")
    asked = [exchange.path for exchange in desk.app.log]
    assert len(asked) == len(set(asked))


def slo(number: int) -> dict[str, Any]:
    query = {"numerator": "sum:a{*}.as_count()", "denominator": "sum:b{*}.as_count()"}
    thresholds = [{"timeframe": "30d", "target": 99.9}]
    return {"name": f"Up {number}", "type": "metric", "query": query, "thresholds": thresholds}


def fill(desk: Desk, number: int) -> None:
    first = desk.api("POST", "/api/v1/slo", slo(0))["data"][0]
    for other in range(1, number):
        id_ = f"{other:032x}"
        desk.app.store.put("slo", id_, {**first, "id": id_, "name": f"Up {other}"})


def test_what_others_deleted_is_seen_as_deleted(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    desk.done("apply", "--auto-approve")
    for item in desk.api("GET", "/api/v1/monitor")[:4]:
        desk.api("DELETE", f"/api/v1/monitor/{item['id']}")
    out = desk.done("plan")
    assert "4 to add" in out
    desk.done("apply", "--auto-approve")
    assert thirty.counts(desk)["monitor"] == 10
