"""Monitors over logs: counted, aggregated and split."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.alerting.choices import Choices
from ddconf.alerting.events import group_limit
from ddconf.alerting.timeline import Conditions
from tests.alerting.desk import MINUTE, START, Desk, log

LOGS = 'logs("source:test").index("*").{}.last("5m") {}'


@pytest.mark.parametrize(
    ("rollup", "value"),
    [
        ('rollup("count")', 4),
        ('rollup("sum","@took")', 100),
        ('rollup("avg","@took")', 25),
        ('rollup("min","@took")', 10),
        ('rollup("max","@took")', 40),
        ('rollup("cardinality","@user")', 2),
        ('rollup("median","@took")', 20),
    ],
)
def test_what_a_log_monitor_computes(rollup: str, value: float) -> None:
    logs = [log(index + 0.5, took=10 * (index + 1), user="ab"[index % 2]) for index in range(4)]
    query = LOGS.format(rollup, f">= {value}")
    source = Desk(query, logs=logs, type="log alert").run(4).source
    assert source.read(START + 4 * MINUTE) == {(): value}


def test_groups_are_the_values_of_facets_and_tags() -> None:
    logs = [log(0.5, user="eve"), log(0.6, user=["adam", "eve"]), log(0.7)]
    query = LOGS.format('rollup("count").by("@user")', ">= 2")
    assert Desk(query, logs=logs, type="log alert").story(3) == [(1, "eve", "Alert")]


def test_a_count_of_nothing_is_0_also_before_the_first_log() -> None:
    query = LOGS.format('rollup("count")', "< 1")
    assert Desk(query, type="log alert").story(3) == [(1, "*", "Alert")]
    grouped = LOGS.format('rollup("count").by("@user")', "< 1")
    assert Desk(grouped, type="log alert").story(3) == []


def test_a_silent_group_counts_as_0_unless_another_choice_is_made() -> None:
    query = LOGS.format('rollup("count").by("@user")', "< 1")
    logs = sorted(
        [*(log(minute + 0.5, user="adam") for minute in range(20)), log(0.5, user="eve")],
        key=lambda event: event.time,
    )
    assert Desk(query, logs=logs, type="log alert").story(30) == [(6, "eve", "Alert"), (25, "adam", "Alert")]
    other = Conditions(choices=Choices(silent_log_group_is_zero=False))
    assert Desk(query, logs=logs, type="log alert", conditions=other).story(30) == [
        (25, "adam", "Alert"),
        (25, "eve", "Alert"),
    ]


def variable(name: str, search: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "data_source": "logs",
        "search": {"query": search},
        "compute": {"aggregation": "count"},
        **more,
    }


@pytest.mark.parametrize(
    ("formula", "threshold", "story"),
    [
        ("bad / all * 100", 40, [(2, "*", "Alert"), (3, "*", "OK")]),
        ("all - bad", 1.5, [(3, "*", "Alert"), (8, "*", "OK")]),
    ],
)
def test_a_formula_is_computed_over_what_its_queries_find(
    formula: str, threshold: float, story: list[tuple[float, str, str]]
) -> None:
    logs = [log(0.5), log(1.5, status_code=500), log(2.5), log(3.5)]
    options = {"variables": [variable("bad", "@status_code:500"), variable("all", "*")]}
    query = f'formula("{formula}").last("5m") > {threshold}'
    assert Desk(query, logs=logs, type="log alert", options=options).story(12) == story


@pytest.mark.parametrize(("facets", "most"), [(1, 1000), (2, 900), (3, 1000), (4, 625)])
def test_limits_of_groups(facets: int, most: int) -> None:
    assert group_limit(facets) ** facets == most
