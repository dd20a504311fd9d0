"""Faults on demand: before the effect and after it, once or by a schedule."""

from __future__ import annotations

import pytest

from ddconf.emulator import faults
from ddconf.emulator.faults import calls
from tests.emulator.conftest import Api

TEAM = {"data": {"type": "team", "attributes": {"name": "n", "handle": "h"}}}


@pytest.mark.parametrize("status", [429, 500, 502, 504])
def test_a_refusal_has_no_effect_and_strikes_once(api: Api, status: int) -> None:
    api.app.faults.on(faults.refuse(status))
    assert api.send("POST", "/api/v2/team", TEAM).status == status
    assert api.app.store.ids("team") == []
    assert api.send("POST", "/api/v2/team", TEAM).status == 201


def test_429_tells_when_to_come_back(api: Api) -> None:
    api.app.faults.on(faults.refuse(429, retry_after=3))
    headers = api.send("GET", "/api/v2/team").headers
    assert (headers["x-ratelimit-reset"], headers["x-ratelimit-remaining"]) == ("3", "0")


@pytest.mark.parametrize("fault", [faults.lost(504), faults.reset()])
def test_a_lost_answer_has_its_effect_all_the_same(api: Api, fault: faults.Fault) -> None:
    api.app.faults.on(fault, calls("POST", "/api/v2/team"))
    response = api.send("POST", "/api/v2/team", TEAM)
    assert response.status == 504 or response.reset
    assert len(api.app.store.ids("team")) == 1


def test_a_reset_before_the_effect_has_none(api: Api) -> None:
    api.app.faults.on(faults.reset(after=False))
    assert api.send("POST", "/api/v2/team", TEAM).reset
    assert api.app.store.ids("team") == []
    assert api.app.log[-1].status == 0


def test_html_and_broken_json_are_no_json(api: Api) -> None:
    api.app.faults.on(faults.html())
    api.app.faults.on(faults.cut_short())
    for _ in range(2):
        response = api.send("GET", "/api/v1/slo")
        assert response.status == 200
        with pytest.raises(ValueError):
            response.json()


def test_a_truncated_list_looks_complete(api: Api) -> None:
    for name in "abc":
        api.post("/api/v2/team", {"data": {"type": "team", "attributes": {"name": name, "handle": name}}})
    api.app.faults.on(faults.truncated(keep=1), calls("GET", "/api/v2/team"))
    assert len(api.get("/api/v2/team")["data"]) == 1
    assert len(api.get("/api/v2/team")["data"]) == 3


def test_a_stale_list_lacks_the_newest(api: Api) -> None:
    for name in "ab":
        api.post("/api/v2/team", {"data": {"type": "team", "attributes": {"name": name, "handle": name}}})
    api.app.faults.on(faults.stale())
    assert [team["attributes"]["name"] for team in api.get("/api/v2/team")["data"]] == ["a"]


def test_a_fault_can_wait_for_page_k(api: Api) -> None:
    api.app.faults.on(faults.refuse(500), calls("GET", "/api/v1/monitor"), skip=2)
    assert [api.send("GET", f"/api/v1/monitor?page={page}").status for page in range(4)] == [
        200,
        200,
        500,
        200,
    ]


def test_a_schedule_has_one_entry_for_each_request(api: Api) -> None:
    api.app.faults.follow([None, faults.refuse(502), None, faults.refuse(429)])
    assert [api.send("GET", "/api/v1/slo").status for _ in range(6)] == [200, 502, 200, 429, 200, 200]
    assert [name for name, _, _ in api.app.faults.struck] == ["502 before", "429 before"]


def test_cleared_faults_strike_no_more(api: Api) -> None:
    api.app.faults.on(faults.refuse(500), times=99)
    api.app.faults.follow([faults.refuse(500)] * 9)
    api.app.faults.clear()
    assert api.send("GET", "/api/v1/slo").status == 200


def test_a_match_takes_a_path_and_what_is_below_it(api: Api) -> None:
    api.app.faults.on(faults.refuse(500), calls("GET", "/api/v1/slo"), times=2)
    assert api.send("GET", "/api/v1/monitor").status == 200
    assert api.send("GET", "/api/v1/slo/abc").status == 500
    assert api.send("GET", "/api/v1/slo?limit=1").status == 500
