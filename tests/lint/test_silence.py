"""What lint must say nothing of, or only carefully, since it may well be right."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.address import Address
from ddconf.document import Document
from ddconf.errors import Severity
from ddconf.lint import lint
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding

TEXT = {
    "name": "text",
    "is_enabled": True,
    "filter": {"query": "source:shop"},
    "processors": [
        {
            "type": "grok-parser",
            "name": "line",
            "is_enabled": True,
            "source": "message",
            "grok": {"match_rules": "line %{word:shop.page} %{integer:shop.wait}"},
        },
    ],
}
JSON = {**TEXT, "filter": {"query": "source:cart"}, "processors": []}
MESSAGE = "Look. @slack-shop"


def findings(observed: dict[str, frozenset[str]] | None = None, **documents: Document) -> list[Finding]:
    """The findings; `monitor_a` is `monitor.a`, and `logs_metric_a` is `logs_metric.a`."""
    items = {Address(*name.rsplit("_", 1)): document for name, document in documents.items()}
    return lint(Facts(items, observe=lambda _address: observed or {}))


def rules(**documents: Any) -> list[str]:
    return [finding.rule for finding in findings(**documents)]


def log_monitor(search: str, rest: str = '.rollup("count").last("5m") > 1') -> Document:
    return {"type": "log alert", "query": f'logs("{search}").index("*"){rest}', "message": MESSAGE}


def widget(**layout: Any) -> Document:
    return {"definition": {"type": "note", "content": "x"}, "layout": {"x": 0, "y": 0, **layout}}


def dashboard(*widgets: Document, **fields: Any) -> Document:
    return {"title": "a", "layout_type": "ordered", "widgets": list(widgets), **fields}


@pytest.mark.parametrize(
    "documents",
    [
        pytest.param({"monitor_a": log_monitor("source:nginx @any.thing:1")}, id="logs-of-an-integration"),
        pytest.param(
            {"monitor_a": log_monitor("source:shop @http.url:x @usr.id:1")}, id="standard-attributes"
        ),
        pytest.param({"monitor_a": log_monitor("source:shop @shop:*")}, id="what-is-around-an-attribute"),
        pytest.param(
            {"monitor_a": log_monitor("source:(shop OR nginx) service:x @shop.wait:1")}, id="two-sources"
        ),
        pytest.param({"monitor_a": log_monitor("source:shop *:full")}, id="full-text-search"),
        pytest.param(
            {"monitor_a": log_monitor("source:shop", '.by("@shop.page").last("5m") > 1')}, id="no-facets-here"
        ),
    ],
)
def test_searches_that_may_be_right_are_left_alone(documents: dict[str, Document]) -> None:
    assert rules(logs_custom_pipeline_text=TEXT, **documents) == []


def test_an_attribute_of_json_logs_is_known_by_a_test() -> None:
    monitor = log_monitor("source:cart @currency:EUR")
    shown = {"currency": frozenset({"string"})}
    assert findings(shown, logs_custom_pipeline_json=JSON, monitor_a=monitor) == []
    (tested,) = findings({"amount": frozenset()}, logs_custom_pipeline_json=JSON, monitor_a=monitor)
    (untested,) = findings({}, logs_custom_pipeline_json=JSON, monitor_a=monitor)
    assert (tested.rule, tested.severity) == ("unknown-producer", Severity.WARNING)
    assert (untested.rule, untested.severity) == ("unknown-producer", Severity.NOTE)


def test_a_facet_of_json_logs_is_doubted_only_where_a_test_shows_others() -> None:
    facet = {"name": "Currency", "path": "currency", "source": "log", "type": "string", "facetType": "list"}
    definitions = {
        "logs_custom_pipeline_json": JSON,
        "logs_custom_pipeline_text": TEXT,
        "logs_facet_a": facet,
    }

    def found(observed: dict[str, frozenset[str]]) -> list[str]:
        rules = (finding.rule for finding in findings(observed, **definitions))
        return [rule for rule in rules if rule != "unused-facet"]

    assert found({}) == []
    assert found({"currency": frozenset({"string"})}) == []
    assert found({"amount": frozenset({"integer"})}) == ["unproduced-facet"]


def test_an_attribute_beside_a_parsed_message_is_known_by_a_test() -> None:
    monitor = log_monitor("source:shop @kube.pod:x")
    shown = {"kube.pod": frozenset({"string"})}
    assert findings(shown, logs_custom_pipeline_text=TEXT, monitor_a=monitor) == []
    (finding,) = findings({}, logs_custom_pipeline_text=TEXT, monitor_a=monitor)
    assert finding.rule == "unproduced-attribute"


def test_a_search_that_names_no_logs_gives_a_note() -> None:
    (finding,) = findings(logs_custom_pipeline_text=TEXT, monitor_a=log_monitor("@shop.pag:x"))
    assert (finding.rule, finding.severity) == ("unknown-producer", Severity.NOTE)
    assert finding.hint == "did you mean '@shop.page'?"


def test_what_only_a_pipeline_for_other_logs_writes_is_not_there() -> None:
    other = {**TEXT, "filter": {"query": "source:bank"}}
    monitor = log_monitor("source:bank @shop.waits:1")
    bank = {**other, "processors": [{**TEXT["processors"][0], "grok": {"match_rules": "line %{word:bank}"}}]}  # type: ignore[index]
    (finding,) = findings(
        logs_custom_pipeline_text=TEXT,
        logs_custom_pipeline_bank=bank,
        monitor_a=log_monitor("source:bank @shop.wait:1"),
    )
    assert finding.rule == "unproduced-attribute"
    assert finding.hint == "logs_custom_pipeline.text writes it, but for other logs"
    assert rules(logs_custom_pipeline_bank=other, monitor_a=monitor) == ["unproduced-attribute"]


def test_a_pipeline_that_is_switched_off_writes_nothing() -> None:
    off = {**TEXT["processors"][0], "is_enabled": False}  # type: ignore[index]
    pipeline = {**TEXT, "processors": [off, *TEXT["processors"]]}  # type: ignore[misc]
    facts = Facts({Address("logs_custom_pipeline", "a"): pipeline})
    assert [write.place.path[:2] for write in facts.writers("shop.page")] == [("processors", 1)]
    assert Facts({Address("logs_custom_pipeline", "a"): {**TEXT, "is_enabled": False}}).pipelines == ()


def test_a_service_that_the_pipeline_changes_limits_nothing() -> None:
    remapper = {"type": "service-remapper", "name": "s", "is_enabled": True, "sources": ["shop.page"]}
    pipeline = {**TEXT, "filter": {"query": "service:raw"}, "processors": [*TEXT["processors"], remapper]}  # type: ignore[misc]
    assert rules(logs_custom_pipeline_a=pipeline, monitor_a=log_monitor("service:cart @shop.wait:1")) == []


@pytest.mark.parametrize(
    "board",
    [
        dashboard(widget(width=12, height=1), widget(width=12, height=1), layout_type="free"),
        dashboard(widget(width=50, height=1), layout_type="free"),
        dashboard(widget(width=12, height=2), widget(width=12, height=2, is_column_break=True)),
        dashboard({"definition": {"type": "note"}}, {"definition": {"type": "note"}}, reflow_type="auto"),
    ],
    ids=["overlap-on-a-free-one", "wide-on-a-free-one", "second-column", "no-layouts"],
)
def test_layouts_that_datadog_takes_are_left_alone(board: Document) -> None:
    assert rules(dashboard_a=board) == []


def test_parts_of_a_composite_or_of_an_objective_need_no_recipient() -> None:
    silent = {"type": "query alert", "query": "avg(last_5m):avg:x{*} > 1", "message": "part"}
    other = {**silent, "query": "avg(last_5m):avg:y{*} > 1"}
    composite = {"type": "composite", "query": "${monitor.a} && ${monitor.b}", "message": MESSAGE}
    assert rules(monitor_a=silent, monitor_b=other, monitor_c=composite) == []
    assert rules(monitor_a=silent) == ["monitor-without-recipient"]


@pytest.mark.parametrize(
    "handle", ["@a@example.com", "{{#is_alert}}@pagerduty{{/is_alert}}", "@team-{{x.name}}", "(@here)"]
)
def test_handles_are_known_wherever_they_stand(handle: str) -> None:
    found = rules(monitor_a={**log_monitor("source:shop"), "message": f"Look: {handle}"})
    assert "monitor-without-recipient" not in found


@pytest.mark.parametrize("text", ["Mail a@example.com", "{{[@usr.id].name}} did it", "https://x.example/@a"])
def test_what_only_looks_like_a_handle_is_none(text: str) -> None:
    monitor = log_monitor("source:shop", '.by("@usr.id").last("5m") > 1')
    assert rules(monitor_a={**monitor, "message": text}) == ["monitor-without-recipient"]


def test_metrics_of_others_are_left_alone() -> None:
    own = {"id": "shop.wait", "compute": {"aggregation_type": "count"}, "filter": {"query": "*"}}
    query = "avg(last_5m):avg:{}{{host:a}} by {{host}} > 1"
    for metric in ("system.cpu.user", "shop.orders", "shopping.wait"):
        monitor = {"type": "query alert", "query": query.format(metric), "message": MESSAGE}
        assert rules(logs_metric_a=own, monitor_a=monitor) == []


def test_a_scanner_rule_covers_the_attributes_of_its_namespaces() -> None:
    parser = {**TEXT["processors"][0], "grok": {"match_rules": "line %{notSpace:usr.email}"}}  # type: ignore[index]
    pipeline = {**TEXT, "processors": [parser]}
    scanner = {"name": "mail", "is_enabled": True, "namespaces": ["usr"]}
    documents = {"logs_custom_pipeline_a": pipeline}
    assert rules(**documents, sensitive_data_scanner_rule_a=scanner) == []
    elsewhere = {**scanner, "namespaces": ["http"]}
    assert rules(**documents, sensitive_data_scanner_rule_a=elsewhere) == ["personal-data"]


def test_without_an_order_nobody_knows_which_index_is_asked_first() -> None:
    first, second = ({"name": name, "filter": {"query": "*"}} for name in ("first", "second"))
    assert rules(logs_index_a=first, logs_index_b=second) == []
    order = {"index_names": ["second", "${logs_index.a}"]}
    (finding,) = findings(logs_index_a=first, logs_index_b=second, logs_index_order_o=order)
    assert (finding.rule, finding.place.address.name) == ("shadowed-index", "a")


def test_a_security_rule_reads_logs_unless_it_says_otherwise() -> None:
    search = {"query": "source:shop @shop.waits:1"}
    rule = {"name": "a", "queries": [search, {**search, "dataSource": "audit"}]}
    (finding,) = findings(logs_custom_pipeline_text=TEXT, security_monitoring_rule_a=rule)
    assert (finding.rule, finding.place.path) == ("unproduced-attribute", ("queries", 0, "query"))


@pytest.mark.parametrize(
    ("comparator", "critical", "warning", "reachable"),
    [
        (">", 3, 2, True),
        (">", 3, 2.5, True),
        (">", 3.5, 3.2, False),
        (">=", 3, 2, True),
        (">=", 3, 2.5, False),
    ],
)
def test_whole_numbers_lie_between_some_thresholds(
    comparator: str, critical: float, warning: float, reachable: bool
) -> None:
    monitor = {
        **log_monitor("source:nginx", f'.rollup("count").last("5m") {comparator} {critical}'),
        "options": {"thresholds": {"critical": critical, "warning": warning}},
    }
    assert rules(monitor_a=monitor) == ([] if reachable else ["unreachable-warning"])
