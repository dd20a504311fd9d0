"""A list that is not whole: its kind is unknown, and nothing of it is created, forgotten or deleted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from ddconf.emulator import faults
from ddconf.emulator.faults import calls
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
