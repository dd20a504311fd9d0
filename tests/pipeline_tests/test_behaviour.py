"""What a change to a pipeline does to logs, in words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ddconf.address import Address
from ddconf.definitions.yaml import reader
from ddconf.document import copy
from ddconf.operations.pipeline_tests.behaviour import behaviour, behaviours
from ddconf.pipelines.cases import Case
from ddconf.plans.change import Action, Change, Plan
from tests.operations.shop import PIPELINE, write

LINES = ("GET / 200 1", "PUT /a 201 2.5", "GET /b 500 1", "started at May 01 00:00:00", "nonsense")
CASES = [Case("", line) for line in LINES]
BEFORE: dict[str, Any] = reader.load(PIPELINE, "shop.yaml")[0][0]["logs_custom_pipeline"]["shop"]


def changed(before: str, after: str) -> dict[str, Any]:
    assert before in PIPELINE
    document = reader.load(PIPELINE.replace(before, after), "shop.yaml")[0][0]
    return dict(document["logs_custom_pipeline"]["shop"])


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("name: Shop\n", "name: The shop\n", ["all 5 logs come out as before"]),
        (
            "access %{word:http.method}",
            'access %{regex("GET"):http.method}',
            [
                "rule access stops matching 1 of 3 logs",
                "attributes http.method, http.url, http.status_code, http.status_category, duration "
                "disappear from 1 log",
                "field status disappears from 1 log",
                "tag verb:put disappears from 1 log",
            ],
        ),
        (
            "notSpace:http.url",
            "notSpace:http.path",
            ["attribute http.url disappears from 3 logs", "attribute http.path appears in 3 logs"],
        ),
        (
            "%{number:duration}",
            "%{number:duration:scale(1000)}",
            ["attribute duration changes in 3 logs, as from 1.0 to 1000.0"],
        ),
        (
            "started started at",
            "begun started at",
            ["rule started stops matching 1 of 1 log", "rule begun starts to match 1 of 5 logs"],
        ),
        (
            "[200 TO 299]",
            "[200 TO 200]",
            ["attribute http.status_category disappears from 1 log", "field status disappears from 1 log"],
        ),
        (
            "target: verb\n",
            "target: method\n",
            [
                "tag verb:get disappears from 2 logs",
                "tag method:get appears in 2 logs",
                "tag verb:put disappears from 1 log",
                "tag method:put appears in 1 log",
            ],
        ),
    ],
)
def test_a_change_is_told_by_what_comes_out_otherwise(before: str, after: str, lines: list[str]) -> None:
    assert behaviour(BEFORE, changed(before, after), CASES) == lines


def test_switching_a_pipeline_off_takes_all_that_it_made() -> None:
    found = behaviour(BEFORE, {**copy(BEFORE), "is_enabled": False}, CASES)
    assert found[:2] == ["rule access stops matching 3 of 3 logs", "rule started stops matching 1 of 1 log"]


def test_a_filter_matters_to_a_case_that_names_its_source() -> None:
    case = Case("", "GET / 200 1", given={"source": "shop", "service": "web"}, filtered=True)
    found = behaviour(BEFORE, changed("source:shop service:web", "source:other"), [case])
    assert found[0] == "rule access stops matching 1 of 1 log"
    assert behaviour(BEFORE, changed("source:shop service:web", "source:other"), CASES[:1]) == [
        "field service disappears from 1 log",
        'field source changes in 1 log, as from "shop" to "other"',
    ]


def test_nothing_is_said_without_logs_or_of_a_pipeline_that_cannot_run() -> None:
    assert behaviour(BEFORE, changed("name: Shop\n", "name: A\n"), []) == []
    assert behaviour(BEFORE, changed("%{word:", "%{wrd:"), CASES) == []


@pytest.mark.parametrize("odd", ["x", ["x"], {"query": ["x"]}, {"query": 1}, {"query": None}])
def test_a_live_pipeline_with_an_odd_filter_ends_no_plan(odd: Any) -> None:
    assert isinstance(behaviour({**copy(BEFORE), "filter": odd}, BEFORE, CASES), list)


def test_a_rule_that_newly_runs_away_is_told() -> None:
    wild = changed(
        "access %{word:http.method}",
        "wild %{data:a}-%{data:b}-%{data:c}-%{data:d}-%{data:e}x\n            access %{word:http.method}",
    )
    assert behaviour(BEFORE, wild, [Case("", "x" + "-" * 5000)]) == ["rule wild runs away on 1 log"]


def plan_of(action: Action, after: dict[str, Any]) -> Plan:
    change = Change(Address("logs_custom_pipeline", "shop"), action, before=BEFORE, desired=after)
    return Plan((change,), "datadoghq.com", "lineage", 1, "2026-01-01T00:00:00")


def test_a_plan_is_told_from_samples_and_test_files(tmp_path: Path) -> None:
    folder = write(
        tmp_path, "- {log: PUT /a 201 2.5}\n- {log: GET /cart 200 12.5}\n- {log: nonsense, no_match: true}"
    )
    after = changed("notSpace:http.url", "notSpace:http.path")
    found = behaviours(plan_of(Action.UPDATE, after), folder)
    assert found == {
        Address("logs_custom_pipeline", "shop"): [
            "attribute http.url disappears from 3 logs",
            "attribute http.path appears in 3 logs",
        ]
    }


def test_only_updates_are_told(tmp_path: Path) -> None:
    assert behaviours(plan_of(Action.CREATE, changed("Shop", "A")), tmp_path) == {}
    missing = tmp_path / "not read"
    assert behaviours(plan_of(Action.DELETE, changed("Shop", "A")), missing) == {}


def test_a_test_file_with_mistakes_does_not_stop_a_plan(tmp_path: Path) -> None:
    folder = write(tmp_path, "- {lgo: x}")
    found = behaviours(plan_of(Action.UPDATE, changed("name: Shop\n", "name: A\n")), folder)
    assert list(found.values()) == [["the log comes out as before"]]
