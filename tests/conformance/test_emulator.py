"""The replay of recorded traffic: its own judgement on a made-up recording."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.conformance._compare import tolerated
from tests.conformance.emulator import run

Told = tuple[str, str, Any, int, Any]


def recording(
    folder: Path,
    *exchanges: Told,
    family: str = "dashboard_lists",
    days: tuple[str, ...] = (),
    seqs: tuple[int, ...] = (),
) -> list[dict[str, Any]]:
    """A corpus of one family, a test for each day; gives the report."""
    times = days or ("2026-05-01",) * len(exchanges)
    lines = [
        {
            "source": "made-up",
            "test": f"t {times[number]}" if days else "t",
            "seq": seqs[number] if seqs else number,
            "host": "api.example.com",
            "recorded_at": times[number] and f"{times[number]}T00:00:00Z",
            "method": method,
            "path": path,
            "request_body": body,
            "status": status,
            "response_headers": {},
            "response_body": reply,
        }
        for number, (method, path, body, status, reply) in enumerate(exchanges)
    ]
    (folder / "recorded").mkdir()
    with gzip.open(folder / "recorded" / f"{family}.jsonl.gz", "wt") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)
    return run(folder)


LISTS = "/api/v1/dashboard/lists/manual"


def dashboard_list(id: int, **fields: Any) -> dict[str, Any]:
    return {
        "id": id,
        "name": "l",
        "type": "manual_dashboard_list",
        "dashboards": None,
        "dashboard_count": 0,
        "is_favorite": False,
        "author": {"name": "somebody else"},
        "created": "2020",
        "modified": "2020",
    } | fields


def test_ids_are_followed_from_answer_to_request(tmp_path: Path) -> None:
    (report,) = recording(
        tmp_path,
        ("POST", LISTS, {"name": "l"}, 200, dashboard_list(271828)),
        ("GET", f"{LISTS}/271828", None, 200, dashboard_list(271828)),
        ("GET", LISTS, None, 200, {"dashboard_lists": [dashboard_list(271828)]}),
        ("DELETE", f"{LISTS}/271828", None, 200, {"deleted_dashboard_list_id": 271828}),
        ("GET", f"{LISTS}/271828", None, 404, {"errors": ["any text"]}),
    )
    assert report == {"set": "emulator:dashboard_lists", "total": 5, "passed": 5, "failures": []}


def test_what_the_recording_found_is_there_from_the_beginning(tmp_path: Path) -> None:
    found = dashboard_list(99, name="found", dashboard_count=7)
    (report,) = recording(
        tmp_path,
        ("GET", LISTS, None, 200, {"dashboard_lists": [found]}),
        ("PUT", f"{LISTS}/99", {"name": "new"}, 200, found | {"name": "new"}),
        ("DELETE", f"{LISTS}/100", None, 200, {"deleted_dashboard_list_id": 100}),
    )
    assert report["failures"] == []


@pytest.mark.parametrize(
    ("exchange", "why"),
    [
        (("GET", f"{LISTS}/5", None, 400, {"errors": ["x"]}), "status 404 instead of 400"),
        (("GET", f"{LISTS}/5", None, 404, {"error": {"code": "x"}}), "error shape"),
        (("POST", LISTS, {"name": "l"}, 200, dashboard_list(271828, name="m")), '.name: "l" instead of "m"'),
        (("POST", LISTS, {"name": "l"}, 200, dashboard_list(271828, new=1)), ".new: absent instead of 1"),
        (("POST", LISTS, {"name": "l"}, 200, dashboard_list(271828, is_favorite=0)), ".is_favorite: false"),
    ],
)
def test_a_different_answer_is_a_failure_with_its_place(tmp_path: Path, exchange: Any, why: str) -> None:
    (report,) = recording(tmp_path, exchange)
    (failure,) = report["failures"]
    assert failure.startswith(f"made-up/t#0 {exchange[0]} {exchange[1]}: ")
    assert why in failure


def test_a_request_that_ran_at_the_same_time_has_its_effect_before_it_shows(tmp_path: Path) -> None:
    (report,) = recording(
        tmp_path,
        ("GET", LISTS, None, 200, {"dashboard_lists": [dashboard_list(271828)]}),
        ("POST", LISTS, {"name": "l"}, 200, dashboard_list(271828)),
    )
    assert report["failures"] == []


def test_trouble_is_no_answer_to_the_request(tmp_path: Path) -> None:
    (report,) = recording(
        tmp_path,
        ("POST", LISTS, {"name": "l"}, 429, ""),
        ("POST", LISTS, {"name": "l"}, 200, dashboard_list(271828)),
        ("GET", LISTS, None, 500, {"errors": ["x"]}),
    )
    assert report["failures"] == []


def test_a_field_that_was_told_only_later_is_no_difference(tmp_path: Path) -> None:
    old = {key: value for key, value in dashboard_list(1000001).items() if key != "is_favorite"}
    (report,) = recording(
        tmp_path,
        ("POST", LISTS, {"name": "l"}, 200, old),
        ("POST", LISTS, {"name": "l"}, 200, dashboard_list(1000002)),
        ("POST", LISTS, {"name": "l"}, 200, old | {"id": 1000003}),
        days=("2025-01-01", "2025-01-02", "2025-01-03"),
    )
    (failure,) = report["failures"]
    assert "t 2025-01-03" in failure
    assert ".is_favorite: false instead of absent" in failure


def test_what_unseen_requests_did_shows_in_a_monitor(tmp_path: Path) -> None:
    sent = {"name": "m", "type": "metric alert", "query": "avg(last_5m):avg:a{*} > 1", "message": ""}
    role = "aaaaaaaa-0000-4000-8000-000000000001"

    def shown(roles: list[str] | None, **more: Any) -> dict[str, Any]:
        options = {"silenced": {}, "notify_audit": False, "include_tags": True, "new_host_delay": 300}
        document = sent | {"id": 123456789, "multi": False, "tags": [], "priority": None, "deleted": None}
        document |= {"options": options | {"notify_no_data": False}, "draft_status": "published"}
        return document | {"restricted_roles": roles} | more

    monitor = "/api/v1/monitor/123456789"
    exchanges: list[Told] = [
        ("POST", "/api/v1/monitor", sent, 200, shown(None, restriction_policy=None, assets=[])),
        ("GET", monitor, None, 200, shown([role])),
        ("GET", monitor, None, 200, shown(None)),
    ]
    first, second = tmp_path / "a", tmp_path / "b"
    for folder, seqs, failures in ((first, (0, 2, 4), 0), (second, (0, 2, 3), 1)):
        folder.mkdir()
        (report,) = recording(folder, *exchanges, family="monitors", seqs=seqs)
        assert len(report["failures"]) == failures, report["failures"]


def test_an_undated_recording_happened_when_its_answers_say(tmp_path: Path) -> None:
    log = {
        "id": "AQ",
        "type": "log",
        "attributes": {"message": "m", "status": "info", "timestamp": "2023-07-19T16:05:45.620Z", "tags": []},
    }
    (report,) = recording(
        tmp_path,
        ("GET", "/api/v2/logs/events", None, 200, {"data": [log], "meta": {"status": "done"}}),
        family="logs_data",
        days=("",),
    )
    assert report["failures"] == []


def test_every_tolerance_and_every_miss_has_a_reason() -> None:
    for part in ("ignored", "shapes", "alike", "unordered", "statuses", "misses"):
        assert all(rule["reason"] for rule in tolerated()[part]), part
