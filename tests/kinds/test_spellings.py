"""Documents that Datadog shows otherwise than they were written: equal when compared, whole when sent."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.document import Document
from ddconf.kind import find_kind
from ddconf.plans.change import Cause, FieldChange
from ddconf.plans.merge import body_for_update
from ddconf.plans.normalize import normalize

QUERIES = [
    {"data_source": "metrics", "name": "query1", "query": "sum:good{*}.as_count()"},
    {"data_source": "metrics", "name": "query2", "query": "sum:bad{*}.as_count()"},
]
COUNT = {
    "queries": QUERIES,
    "good_events_formula": {"formula": "query1"},
    "total_events_formula": {"formula": "(query1 + query2)"},
}
QUERY = {
    "numerator": "sum:good{*}.as_count()",
    "denominator": "sum:good{*}.as_count() + sum:bad{*}.as_count()",
}
LOGS_METRIC: Document = {"id": "a_b", "group_by": [{"path": "@x.y", "tag_name": "x.y"}]}
GROK = {"type": "grok-parser", "name": "g", "is_enabled": True, "source": "message"}


def same(kind: str, written: Document, shown: Document) -> bool:
    found = find_kind(kind)
    return normalize(found, written) == normalize(found, shown)


@pytest.mark.parametrize(
    ("kind", "written", "shown"),
    [
        ("monitor", {"type": "metric alert"}, {"type": "query alert"}),
        ("monitor", {"message": "x\n", "query": " q "}, {"message": "x", "query": "q"}),
        ("monitor", {"priority": 0, "options": {}}, {"priority": None, "options": {"new_host_delay": 300}}),
        ("monitor", {"options": {}}, {"options": {"silenced": {"*": None}}, "overall_state": "Alert"}),
        ("monitor", {"tags": ["b", "a"]}, {"tags": ["a", "b"], "restricted_roles": None}),
        (
            "security_monitoring_rule",
            {"thirdPartyCases": [{"name": "a", "status": "low", "query": "b"}], "options": {}},
            {
                "thirdPartyCases": [{"name": "a", "status": "low", "query": "b", "notifications": []}],
                "queries": [{"query": "b", "aggregation": "none"}],
                "cases": [{"name": "a", "status": "low"}],
                "options": {"detectionMethod": "threshold", "evaluationWindow": 0},
            },
        ),
        (
            "security_monitoring_rule",
            {"options": {"complianceRuleOptions": {"complexRule": True}}, "cases": [{"status": "low"}]},
            {
                "options": {
                    "complianceRuleOptions": {"complexRule": True},
                    "evaluationWindow": 7200,
                    "keepAlive": 21600,
                    "maxSignalDuration": 86400,
                },
                "cases": [{"status": "low", "condition": "a > 0", "name": ""}],
                "queries": [{"query": "resource_type:x", "aggregation": "count"}],
                "hasExtendedTitle": True,
            },
        ),
        (
            "security_monitoring_rule",
            {"queries": [{"query": "a", "metric": "@x", "index": "main", "dataSource": "app_sec_spans"}]},
            {
                "queries": [
                    {
                        "query": "a",
                        "metric": "@x",
                        "metrics": ["@x"],
                        "index": "main",
                        "indexes": ["main"],
                        "dataSource": "spans",
                        "distinctFields": [],
                    }
                ]
            },
        ),
        (
            "security_monitoring_rule",
            {"options": {"detectionMethod": "anomaly_detection"}},
            {
                "options": {
                    "detectionMethod": "anomaly_detection",
                    "evaluationWindow": 1800,
                    "keepAlive": 1800,
                    "maxSignalDuration": 1800,
                    "anomalyDetectionOptions": {
                        "bucketDuration": 300,
                        "learningDuration": 24,
                        "detectionTolerance": 5,
                        "instantaneousBaseline": False,
                        "instantaneousBaselineTimeoutMinutes": 30,
                    },
                }
            },
        ),
        ("synthetics_browser_test", {"name": "a"}, {"name": "a", "status": "paused"}),
        ("synthetics_api_test", {"name": "a"}, {"name": "a", "status": "live"}),
        ("logs_metric", {"id": '"a b"', "group_by": [{"path": "@x.y"}]}, LOGS_METRIC),
        ("spans_metric", {"id": "a-b", "group_by": [{"path": "@x.y"}]}, LOGS_METRIC),
        ("sensitive_data_scanner_group", {"name": "g"}, {"name": "g", "filter": {"query": ""}}),
        ("logs_custom_pipeline", {"name": "p"}, {"name": "p", "filter": {"query": ""}}),
        ("synthetics_mobile_test", {"name": "a"}, {"name": "a", "locations": ["aws:us-west-2"]}),
        ("team_notification_rule", {"email": {"enabled": False}}, {}),
        ("logs_metric", {"id": "my-metric"}, {"id": "my_metric", "filter": {"query": "*"}, "group_by": []}),
        ("logs_index", {"name": "a", "disable_daily_limit": True}, {"name": "a", "daily_limit": None}),
        ("logs_index", {"name": "a", "daily_limit": 70.0}, {"name": "a", "daily_limit": 70}),
        ("logs_archive", {"name": "a"}, {"name": "a", "state": "FAILING", "partitioning_attributes": []}),
        ("dashboard", {"title": "t"}, {"title": "t", "description": None, "url": "/x", "notify_list": []}),
        (
            "dashboard",
            {"widgets": [{"definition": {}}], "tabs": [{"id": "t", "widget_ids": ["@1"]}]},
            {"widgets": [{"id": 7, "definition": {}}], "tabs": [{"id": "t", "widget_ids": [7]}]},
        ),
        (
            "service_level_objective",
            {"query": QUERY},
            {"query": QUERY, "sli_specification": {"count": COUNT}},
        ),
        (
            "service_level_objective",
            {"thresholds": [{"timeframe": "7d", "target": 99}]},
            {
                "thresholds": [{"timeframe": "7d", "target": 99.0, "target_display": "99."}],
                "timeframe": "7d",
                "target_threshold": 99,
            },
        ),
    ],
)
def test_two_spellings_of_one_thing_are_equal(kind: str, written: Document, shown: Document) -> None:
    assert same(kind, written, shown)


@pytest.mark.parametrize(
    ("kind", "one", "other"),
    [
        ("monitor", {"type": "metric alert"}, {"type": "log alert"}),
        (
            "security_monitoring_rule",
            {"queries": [{"query": "a", "metrics": ["@x"]}]},
            {"queries": [{"query": "a", "metrics": ["@y"], "metric": "@y"}]},
        ),
        (
            "security_monitoring_rule",
            {"options": {"keepAlive": 21600}, "cases": [{"condition": "a > 0"}]},
            {"options": {}, "cases": [{}]},
        ),
        ("logs_custom_pipeline", {"processors": [GROK]}, {"processors": [{**GROK, "is_enabled": False}]}),
        ("logs_index", {"name": "a", "daily_limit": 7}, {"name": "a"}),
        ("service_level_objective", {"query": QUERY}, {"query": {**QUERY, "numerator": "sum:x{*}"}}),
        (
            "service_level_objective",
            {
                "query": QUERY,
                "sli_specification": {"count": {**COUNT, "total_events_formula": {"formula": "query1"}}},
            },
            {"query": QUERY, "sli_specification": {"count": COUNT}},
        ),
        (
            "service_level_objective",
            {"timeframe": "30d", "thresholds": [{"timeframe": "7d"}, {"timeframe": "30d"}]},
            {"timeframe": "7d", "thresholds": [{"timeframe": "7d"}, {"timeframe": "30d"}]},
        ),
    ],
)
def test_what_differs_stays_different(kind: str, one: Document, other: Document) -> None:
    assert not same(kind, one, other)


@pytest.mark.parametrize(
    ("type_", "defaults"),
    [
        ("attribute-remapper", {"preserve_source": False, "override_on_conflict": False}),
        ("array-map-processor", {"preserve_source": True, "processors": []}),
        ("geo-ip-parser", {"ip_processing_behavior": "do-nothing"}),
        ("grok-parser", {"samples": []}),
        ("arithmetic-processor", {"is_replace_missing": False}),
    ],
)
def test_a_processor_loses_what_the_server_fills_in_at_any_depth(type_: str, defaults: Document) -> None:
    bare = {"type": type_, "name": "p", "is_enabled": True}
    for depth in range(3):
        written: Any = {"processors": [bare]}
        shown: Any = {"processors": [bare | defaults]}
        for _ in range(depth):
            written = {"processors": [{"type": "pipeline", "name": "n", "is_enabled": True, **written}]}
            shown = {"processors": [{"type": "pipeline", "name": "n", "is_enabled": True, **shown}]}
        assert same("logs_custom_pipeline", written, shown)


def test_the_defaults_of_one_processor_are_not_those_of_another() -> None:
    remapper = {"type": "attribute-remapper", "name": "p", "is_enabled": True}
    assert not same(
        "logs_custom_pipeline",
        {"processors": [remapper]},
        {"processors": [remapper | {"preserve_source": True}]},
    )


def test_an_unknown_processor_is_left_as_it_is() -> None:
    new = {"type": "quantum-parser", "name": "q", "is_enabled": True, "spin": {"up": False}}
    pipeline = find_kind("logs_custom_pipeline")
    assert normalize(pipeline, {"processors": [new]})["processors"] == [new]


def test_a_bad_events_formula_becomes_a_denominator() -> None:
    count = {
        "queries": QUERIES,
        "good_events_formula": {"formula": "query1"},
        "bad_events_formula": {"formula": "query2"},
    }
    canonical_form = normalize(find_kind("service_level_objective"), {"sli_specification": {"count": count}})
    assert canonical_form["query"] == {
        "numerator": "sum:good{*}.as_count()",
        "denominator": "(sum:good{*}.as_count()) + (sum:bad{*}.as_count())",
    }


def change(path: tuple[str, ...], before: Any, after: Any) -> FieldChange:
    return FieldChange(path, before, after, Cause.CONFIG)


def test_an_slo_is_sent_in_the_form_of_its_definition() -> None:
    live = {"name": "s", "query": QUERY, "sli_specification": {"count": COUNT}}
    desired = {"name": "s", "query": {**QUERY, "numerator": "sum:new{*}"}}
    changed = [change(("query", "numerator"), QUERY["numerator"], "sum:new{*}")]
    body = body_for_update(find_kind("service_level_objective"), live, changed, desired)
    assert body == desired


def test_the_tabs_of_a_dashboard_follow_its_widgets() -> None:
    old = {"id": 5, "definition": {"type": "note", "content": "old"}}
    new = {"definition": {"type": "note", "content": "new"}}
    live = {"title": "t", "widgets": [old], "tabs": [{"id": "t", "widget_ids": [5]}]}
    desired = {
        "title": "t",
        "widgets": [new, {"definition": old["definition"]}],
        "tabs": [{"id": "t", "widget_ids": ["@1"]}],
    }
    changed = [change(("widgets",), live["widgets"], desired["widgets"])]
    body = body_for_update(find_kind("dashboard"), live, changed, desired)
    assert body["tabs"] == desired["tabs"]
    assert [widget["definition"]["content"] for widget in body["widgets"]] == ["new", "old"]


@pytest.mark.parametrize(
    ("kind", "id_", "wire"),
    [("monitor", "12", 12), ("monitor", "x", "x"), ("monitor", "\u00b2", "\u00b2"), ("role", "12", "12")],
)
def test_an_id_is_a_number_on_the_wire_where_it_is_one(kind: str, id_: str, wire: object) -> None:
    assert find_kind(kind).id_on_the_wire(id_) == wire
