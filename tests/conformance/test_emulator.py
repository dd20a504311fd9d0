"""The replay of recorded traffic: its own judgement on a made-up recording, and the share over the corpus."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.conformance._compare import tolerated
from tests.conformance.emulator import run

SHARE = 0.95
TOO_SMALL = {"logs_data", "logs_indexes_order"}  # six exchanges each; their misses are listed like all others


def recording(folder: Path, *exchanges: tuple[str, str, Any, int, Any]) -> list[dict[str, Any]]:
    """A corpus of one test of one family; gives the report."""
    lines = [
        {
            "source": "made-up",
            "test": "t",
            "seq": number,
            "host": "api.example.com",
            "recorded_at": "2026-05-01T00:00:00Z",
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
    with gzip.open(folder / "recorded" / "dashboard_lists.jsonl.gz", "wt") as file:
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


def test_every_tolerance_and_every_miss_has_a_reason() -> None:
    for part in ("ignored", "shapes", "alike", "unordered", "statuses", "misses"):
        assert all(rule["reason"] for rule in tolerated()[part]), part


@pytest.mark.slow
def test_recorded_traffic_is_answered_as_datadog_did(corpus: Path) -> None:
    reports = {report["set"].removeprefix("emulator:"): report for report in run(corpus)}
    assert len(reports) > 20
    for family in reports.keys() - TOO_SMALL:
        report = reports[family]
        assert report["passed"] >= SHARE * report["total"], (family, report["failures"][:5])
    unlisted = [
        f"{family}: {failure}"
        for family, report in reports.items()
        for failure in report["failures"]
        if not any(
            miss["family"] == family and re.search(miss["match"], failure) for miss in tolerated()["misses"]
        )
    ]
    assert unlisted == []
