"""Monitors and service level objectives."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.conftest import Api

PATH = "/api/v1/monitor"
SLO = "/api/v1/slo"
BODY = {
    "name": "cpu",
    "type": "metric alert",
    "query": "avg(last_5m):avg:system.cpu.user{*} by {host} > 90",
    "message": "hot\n\n",
    "options": {"thresholds": {"critical": 90}},
}


def monitor(api: Api, **fields: Any) -> Any:
    return api.post(PATH, BODY | fields)


def test_a_monitor_is_filled_and_rewritten(api: Api) -> None:
    made = monitor(api, priority=0, options={"thresholds": {"critical": 90, "warning": None}})
    assert made["options"] == {
        "thresholds": {"critical": 90.0},
        "silenced": {},
        "notify_audit": False,
        "include_tags": True,
        "new_host_delay": 300,
        "notify_no_data": False,
    }
    assert isinstance(made["options"]["thresholds"]["critical"], float)
    assert (made["message"], made["priority"], made["tags"], made["multi"]) == ("hot", None, [], True)
    assert made["overall_state"] == "No Data"
    assert made["restriction_policy"] is None


def test_reads_differ_from_write_replies(api: Api) -> None:
    made = monitor(api)
    read = api.get(f"{PATH}/{made['id']}")
    assert made.keys() - read.keys() == {"restriction_policy", "assets"}
    assert "assets" in api.get(f"{PATH}/{made['id']}?with_assets=true")
    assert "restricted_roles" not in api.get(f"{PATH}/{made['id']}?with_restricted_roles=false")
    assert "creator" not in api.put(f"{PATH}/{made['id']}", {"name": "b"})
    assert api.get(PATH)[0]["matching_downtimes"] == []


@pytest.mark.parametrize(
    ("options", "filled"),
    [
        ({"new_group_delay": 60}, {"new_group_delay"}),
        ({}, {"new_host_delay", "notify_no_data"}),
        ({"on_missing_data": "default"}, {"new_host_delay", "on_missing_data"}),
    ],
)
def test_some_options_are_filled_only_without_their_rivals(api: Api, options: dict, filled: set[str]) -> None:
    rivals = {"new_host_delay", "new_group_delay", "on_missing_data", "notify_no_data"}
    made = monitor(api, options=options)["options"]
    assert filled <= made.keys()
    if "new_group_delay" in options:
        assert "new_host_delay" not in made
    if "on_missing_data" in options:
        assert "notify_no_data" not in made
    assert (made.keys() & rivals) >= filled


def test_a_put_merges_at_the_top_but_replaces_options(api: Api) -> None:
    made = monitor(api, tags=["a:b"], options={"thresholds": {"critical": 90}, "renotify_interval": 10})
    changed = api.put(f"{PATH}/{made['id']}", {"options": {"notify_audit": True}})
    assert (changed["query"], changed["tags"]) == (made["query"], ["a:b"])
    assert "renotify_interval" not in changed["options"]
    assert "thresholds" not in changed["options"]
    assert api.put(f"{PATH}/{made['id']}", {"tags": None})["tags"] == []


def test_the_same_monitor_again_is_a_duplicate(api: Api) -> None:
    made = monitor(api)
    status, body = api.refused("POST", PATH, BODY)
    assert status == 400
    assert body["errors"] == [f"Duplicate of an existing monitor_id:{made['id']} org_id:{made['org_id']}"]
    assert monitor(api, message="other")["id"] != made["id"]


@pytest.mark.parametrize(
    ("type", "query", "shown"),
    [
        ("metric alert", "avg(current_1mo):avg:x{*} > 1", "query alert"),
        ("metric alert", "avg(last_5m):avg:x{*} > 1", "metric alert"),
        ("query alert", "avg(last_5m):avg:x{*} > 1", "query alert"),
    ],
)
def test_the_type_follows_what_the_query_needs(api: Api, type: str, query: str, shown: str) -> None:
    starts = {"evaluation_window": {"day_starts": "04:00", "month_starts": 1}} if "current" in query else {}
    options = {"thresholds": {"critical": 1}, "scheduling_options": starts}
    assert monitor(api, type=type, query=query, options=options)["type"] == shown


@pytest.mark.parametrize(
    "fault",
    [
        {"query": None},
        {"type": 5},
        {"options": []},
        {"tags": "a"},
        {"options": {"thresholds": {"critical": "x"}}},
    ],
)
def test_a_bad_monitor_is_refused_by_the_write_and_by_the_dry_run(api: Api, fault: dict) -> None:
    assert api.refused("POST", PATH, BODY | fault)[0] == 400
    assert api.refused("POST", f"{PATH}/validate", BODY | fault)[0] == 400


def test_a_dry_run_changes_nothing_and_minds_no_duplicate(api: Api) -> None:
    made = monitor(api)
    before = api.app.store.snapshot()
    assert api.post(f"{PATH}/validate", BODY) == {}
    assert api.post(f"{PATH}/{made['id']}/validate", {"name": "x"}) == {}
    assert api.app.store.snapshot() == before


def test_lists_are_bare_in_pages_and_filtered(api: Api) -> None:
    for name in ("a1", "a2", "b1"):
        monitor(api, name=name, tags=[f"n:{name}"])
    assert [item["name"] for item in api.get(f"{PATH}?page=1&page_size=2")] == ["b1"]
    assert [item["name"] for item in api.get(f"{PATH}?name=a")] == ["a1", "a2"]
    assert [item["name"] for item in api.get(f"{PATH}?monitor_tags=n:a2")] == ["a2"]
    assert len(api.get(PATH)) == 3


def test_a_monitor_in_use_cannot_be_deleted_unasked(api: Api) -> None:
    made, other = monitor(api), monitor(api, name="other")
    monitor(api, type="composite", query=f"{made['id']} && {other['id']}", options={})
    assert api.refused("GET", f"{PATH}/can_delete?monitor_ids={made['id']}")[0] == 409
    (composite,) = (item["id"] for item in api.get(PATH) if item["type"] == "composite")
    ok = {"data": {"ok": [composite]}, "errors": None}
    assert api.get(f"{PATH}/can_delete?monitor_ids={composite}") == ok
    assert api.refused("DELETE", f"{PATH}/{made['id']}")[0] == 400
    assert api.delete(f"{PATH}/{made['id']}?force=true") == {"deleted_monitor_id": made["id"]}
    assert api.refused("DELETE", f"{PATH}/{made['id']}") == (404, {"errors": ["Monitor not found"]})


def test_an_editor_policy_shows_in_the_restricted_roles(api: Api) -> None:
    made = monitor(api)
    binding = {"relation": "editor", "principals": ["role:r1", "team:t1"]}
    body = {"data": {"type": "restriction_policy", "attributes": {"bindings": [binding]}}}
    api.post(f"/api/v2/restriction_policy/monitor:{made['id']}", body)
    assert api.get(f"{PATH}/{made['id']}")["restricted_roles"] == ["r1"]


def test_a_downtime_silences_its_monitor(api: Api) -> None:
    made = monitor(api)
    downtime = api.post("/api/v1/downtime", {"monitor_id": made["id"], "scope": ["*"], "end": 1999999999})
    read = api.get(f"{PATH}/{made['id']}?with_downtimes=true")
    assert read["options"]["silenced"] == {"*": 1999999999}
    assert read["matching_downtimes"][0]["id"] == downtime["id"]
    api.delete(f"/api/v1/downtime/{downtime['id']}")
    assert api.get(f"{PATH}/{made['id']}")["options"]["silenced"] == {}


def slo(api: Api, **fields: Any) -> Any:
    query = {"numerator": "sum:a{*}.as_count() - sum:b{*}", "denominator": "sum:a{*}.as_count()"}
    body = {"name": "s", "type": "metric", "thresholds": [{"target": 99, "timeframe": "7d"}], "query": query}
    answer = api.post(SLO, body | fields)
    assert answer["error"] is None
    return answer["data"][0]


def test_slo_answers_are_lists_to_writes_and_objects_to_reads(api: Api) -> None:
    made = slo(api)
    read = api.get(f"{SLO}/{made['id']}")
    assert read["error"] is None
    assert read["data"] == made
    assert api.get(f"{SLO}?ids={made['id']}")["data"] == [read["data"]]
    assert api.delete(f"{SLO}/{made['id']}") == {"data": [made["id"]], "error": None}
    status, body = api.refused("GET", f"{SLO}/{made['id']}")
    assert (status, body) == (404, {"errors": [f"SLO not found: {made['id']} not found"]})


def test_an_slo_in_use_is_deleted_by_force_only(api: Api) -> None:
    made = slo(api)
    widget = {"definition": {"type": "slo", "slo_id": made["id"]}}
    api.post("/api/v1/dashboard", {"title": "t", "layout_type": "ordered", "widgets": [widget]})
    assert api.refused("DELETE", f"{SLO}/{made['id']}")[0] == 409
    api.delete(f"{SLO}/{made['id']}?force=true")


def test_targets_are_shown_with_their_dot(api: Api) -> None:
    thresholds = [{"target": 99, "timeframe": "7d", "warning": 99.95, "target_display": "99.0"}]
    (made,) = slo(api, thresholds=thresholds)["thresholds"]
    assert (made["target_display"], made["warning_display"]) == ("99.", "99.95")
    assert isinstance(made["target"], float)


def test_the_main_threshold_is_an_int_in_writes_and_a_float_in_reads(api: Api) -> None:
    made = slo(api)
    assert (made["timeframe"], made["target_threshold"]) == ("7d", 99)
    assert isinstance(made["target_threshold"], int)
    assert isinstance(api.get(f"{SLO}/{made['id']}")["data"]["target_threshold"], float)


def test_a_query_gives_the_specification_too(api: Api) -> None:
    assert slo(api)["sli_specification"]["count"] == {
        "queries": [
            {"data_source": "metrics", "name": "query1", "query": "sum:a{*}.as_count()"},
            {"data_source": "metrics", "name": "query2", "query": "sum:b{*}"},
        ],
        "good_events_formula": {"formula": "(query1 - query2)"},
        "total_events_formula": {"formula": "query1"},
    }


def test_a_specification_gives_the_query_too(api: Api) -> None:
    count = {
        "queries": [
            {"data_source": "metrics", "name": "good", "query": "sum:g{*}"},
            {"data_source": "metrics", "name": "bad", "query": "sum:b{*}"},
        ],
        "good_events_formula": {"formula": "good"},
        "bad_events_formula": {"formula": "bad"},
    }
    made = slo(api, query=None, sli_specification={"count": count})
    assert made["query"] == {"numerator": "sum:g{*}", "denominator": "(sum:g{*}) + (sum:b{*})"}
    assert made["sli_specification"] == {"count": count}


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ({"query": None}, "must specify the query for count types"),
        ({"type": "monitor", "query": None}, "must specify monitor_ids"),
        ({"type": "odd"}, None),
        ({"thresholds": [{"target": "x", "timeframe": "7d"}]}, None),
        ({"thresholds": []}, None),
        ({"name": None}, None),
    ],
)
def test_a_bad_slo_is_refused(api: Api, fault: dict, message: str | None) -> None:
    query = {"numerator": "sum:a{*}", "denominator": "sum:b{*}"}
    body = {"name": "s", "type": "metric", "thresholds": [{"target": 9, "timeframe": "7d"}], "query": query}
    status, answer = api.refused("POST", SLO, body | fault)
    assert status == 400
    assert message is None or answer["errors"] == [message]


def test_a_correction_belongs_to_its_slo(api: Api) -> None:
    made = slo(api)
    attributes = {"slo_id": made["id"], "category": "Deployment", "start": 1}
    body = {"data": {"type": "correction", "attributes": attributes}}
    correction = api.post("/api/v1/slo/correction", body)["data"]
    assert correction["attributes"]["created_at"] is None
    (listed,) = api.get(f"{SLO}/{made['id']}/corrections")["data"]
    assert listed["attributes"]["created_at"] is not None
    attributes["slo_id"] = "none"
    assert api.refused("POST", "/api/v1/slo/correction", body)[0] == 400
