"""Bodies of SLOs and the queries of dashboards: what is refused where."""

from __future__ import annotations

import pytest

from ddconf.queries.dashboard_body import dashboard_problems
from ddconf.queries.slo_body import slo_problems

QUERIES = [{"name": name, "data_source": "metrics", "query": f"sum:{name}{{*}}.as_count()"} for name in "ab"]
METRIC = {
    "type": "metric",
    "query": {"numerator": "sum:a{*}.as_count()", "denominator": "sum:b{*}.as_count()"},
    "thresholds": [{"timeframe": "7d", "target": 99.9, "warning": 99.95}],
}
SLICE = {
    "comparator": "<",
    "threshold": 5,
    "query": {"formulas": [{"formula": "a"}], "queries": QUERIES},
}


def _slice(**changes):
    return {**METRIC, "type": "time_slice", "sli_specification": {"time_slice": {**SLICE, **changes}}}


def _count(**changes):
    count = {
        "good_events_formula": {"formula": "a"},
        "total_events_formula": {"formula": "b"},
        "queries": QUERIES,
    }
    return {
        "type": "metric",
        "thresholds": METRIC["thresholds"],
        "sli_specification": {"count": {**count, **changes}},
    }


def _threshold(**threshold):
    return {**METRIC, "thresholds": [{"timeframe": "7d", "target": 99, **threshold}]}


@pytest.mark.parametrize(
    "body", [METRIC, _slice(), _count(), {**METRIC, "type": "monitor", "monitor_ids": ["${monitor.a.id}"]}]
)
def test_what_datadog_accepts(body):
    assert slo_problems(body) == []


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (_threshold(timeframe="14d"), "thresholds.0.timeframe"),
        (_threshold(target=100), "thresholds.0.target"),
        (_threshold(target=99.1234), "thresholds.0.target"),
        (_threshold(warning=98), "thresholds.0.warning"),
        ({**METRIC, "thresholds": METRIC["thresholds"] * 2}, "thresholds.1.timeframe"),
        ({**METRIC, "tags": ["a", "Team:x"]}, "tags.1"),
        ({**METRIC, "type": "monitor"}, ""),
        ({**METRIC, "type": "uptime"}, "type"),
        ({"type": "metric", "thresholds": METRIC["thresholds"]}, ""),
        ({**METRIC, "query": {"numerator": "sum:a{*}", "denominator": "avg:b{*}"}}, "query.denominator"),
        ({**METRIC, "query": {"numerator": "sum:a{*}", "denominator": "sum:b{*"}}, "query.denominator"),
        ({**METRIC, "query": {"numerator": "sum:a{*} by {x}", "denominator": "sum:b{*}"}}, "query"),
        (_slice(comparator="=="), "sli_specification.time_slice.comparator"),
        (_slice(query_interval_seconds=120), "sli_specification.time_slice.query_interval_seconds"),
        (
            _slice(query={"formulas": [{"formula": "a +"}], "queries": QUERIES}),
            "sli_specification.time_slice.query.formulas.0.formula",
        ),
        (_count(bad_events_formula="b"), "sli_specification.count.total_events_formula"),
        (_count(good_events_formula="c"), "sli_specification.count.good_events_formula"),
    ],
)
def test_what_datadog_refuses(body, path):
    (problem,) = slo_problems(body)
    assert ".".join(map(str, problem.path)) == path


def test_queries_of_widgets_are_read_and_searches_are_not():
    request = {
        "q": "avg:a{*}, avg:b{",
        "queries": [
            {"name": "x", "data_source": "logs", "search": {"query": "a{"}},
            {"query": "avg:c{*}.rolup()"},
        ],
        "formulas": [{"formula": "x *"}],
    }
    widget = {"definition": {"requests": [request], "events": [{"q": "tags:{"}]}}
    found = dashboard_problems({"widgets": [widget]})
    assert [".".join(map(str, problem.path[5:])) for problem in found] == [
        "q",
        "queries.1.query",
        "formulas.0.formula",
    ]


def test_what_may_be_new_at_datadog_or_leaves_a_widget_empty_is_a_warning():
    request = {
        "queries": [{"name": "x", "query": "avg:a{*}"}],
        "formulas": [{"formula": "new_function(x) + y"}],
    }
    assert [
        (problem.warning, problem.message) for problem in dashboard_problems({"requests": [request]})
    ] == [
        (True, "no such function: new_function"),
        (True, "no query is named y"),
    ]
