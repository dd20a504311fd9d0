"""Rules on metrics, composites, handles and SLOs: what they find, and what they leave alone."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.address import Address
from ddconf.document import Document
from ddconf.lint import lint
from ddconf.lint.facts import Facts
from ddconf.lint.rules import registered


def found(rule: str, documents: dict[str, Document], handles: tuple[str, ...] = ()) -> list[str]:
    items = {Address.parse(name): document for name, document in documents.items()}
    return [item.message for item in lint(Facts(items, handles=handles), [registered()[rule]])]


def monitor(query: str, **fields: Any) -> Document:
    return {"type": "query alert", "query": query, "message": "x", **fields}


WAIT = {"id": "shop.wait", "compute": {"aggregation_type": "distribution", "include_percentiles": False}}


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ({"metric_metadata.a": {"metric_name": "m", "type": "rate"}}, "m is a rate"),
        ({"metric_tag_configuration.a": {"id": "m", "metric_type": "gauge"}}, "m is a gauge"),
        ({"logs_metric.a": {"id": "m", "compute": {"aggregation_type": "count"}}}, "m is a count"),
        ({"logs_metric.a": {**WAIT, "id": "m"}}, "switched off"),
        ({"metric_tag_configuration.a": {"id": "m", "metric_type": "distribution"}}, ""),
        ({"metric_metadata.a": {"metric_name": "m", "type": None}}, ""),
        ({}, ""),
    ],
)
def test_percentiles_are_of_distributions(documents: dict[str, Document], message: str) -> None:
    asked = {"monitor.a": monitor("avg(last_5m):p99.9:m{*} > 1")}
    messages = found("percentile-of-non-distribution", documents | asked)
    assert [message in text for text in messages] == ([True] if message else [])


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("sum(last_5m):sum:m{*} > 1", 1),
        ("sum(last_5m):sum:m{*}.as_count() > 1", 0),
        ("sum(last_5m):sum:m{*}.rollup(sum, 60) > 1", 0),
        ("avg(last_5m):sum:m{*} > 1", 0),
        ("sum(last_5m):sum:other{*} > 1", 0),
    ],
)
def test_sums_of_counts_have_their_modifier(query: str, count: int) -> None:
    metric = {"metric_metadata.a": {"metric_name": "m", "type": "count"}}
    assert len(found("count-without-modifier", metric | {"monitor.a": monitor(query)})) == count


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("max(last_5m):sum:shop.errors.total{*} > 10", 1),
        ("max(last_5m):sum:http_requests_total{*} > 10", 1),
        ("max(last_5m):sum:shop.errors.total{*}.as_count() > 10", 0),
        ("max(last_5m):diff(sum:shop.errors.total{*}) > 10", 0),
        ("change(max(last_5m),last_1h):sum:shop.errors.total{*} > 10", 0),
        ("max(last_5m):sum:shop.errors.total{*} < 10", 0),
        ("max(last_5m):avg:system.mem.total{*} > 10", 0),
        ("max(last_5m):avg:kubernetes.pods.total{*} > 10", 0),
    ],
)
def test_totals_that_only_grow_are_compared_by_their_growth(query: str, count: int) -> None:
    assert len(found("alert-on-cumulative", {"monitor.a": monitor(query)})) == count


def test_a_count_of_the_definitions_is_no_growing_total() -> None:
    metric = {"metric_metadata.a": {"metric_name": "shop.errors.total", "type": "count"}}
    asked = {"monitor.a": monitor("max(last_5m):sum:shop.errors.total{*} > 10")}
    assert found("alert-on-cumulative", metric | asked) == []


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ("by {host}", "by {url}", 1),
        ("by {host}", "by {host}", 0),
        ("by {device,host}", "by {host}", 0),
        ("by {device,host}", "by {host,url}", 1),
        ("", "by {url}", 0),
    ],
)
def test_parts_of_a_composite_share_groups(first: str, second: str, count: int) -> None:
    documents = {
        "monitor.a": monitor(f"avg(last_5m):avg:m{{*}} {first} > 1"),
        "monitor.b": monitor(f"avg(last_5m):avg:n{{*}} {second} > 1"),
        "monitor.c": {"type": "composite", "query": "${monitor.a.id} && ${monitor.b.id}", "message": "x"},
    }
    assert len(found("composite-without-common-group", documents)) == count


@pytest.mark.parametrize(
    ("message", "unknown"),
    [
        ("x @slack-shop", []),
        ("x @slack-shop.", []),
        ("x @slack-shopp, y", ["@slack-shopp"]),
        ("x @webhook-pager @team-shop @oncall-shop", []),
        ("x @webhook-page", ["@webhook-page"]),
        ("x @a@example.com @all", []),
        ("{{#is_alert}}@slack-shop{{/is_alert}} {{#is_alert}}@slack-x{{/is_alert}}", ["@slack-x"]),
        ("x @team-{{service.name}} @slack-${var.channel}", []),
        ('x @workflow-heal(a="b")', []),
    ],
)
def test_handles_are_those_of_the_list_and_of_the_definitions(message: str, unknown: list[str]) -> None:
    documents = {
        "webhook.pager": {"name": "pager"},
        "team.shop": {"handle": "shop", "name": "Shop"},
        "monitor.a": monitor("avg(last_5m):avg:m{*} > 1", message=message),
    }
    messages = found("unknown-handle", documents, ("@slack-shop", "@*@example.com", "@workflow-*"))
    assert messages == [f"unknown handle {handle}" for handle in unknown]
    assert found("unknown-handle", documents) == []


@pytest.mark.parametrize(
    ("good", "total", "count"),
    [
        ("{code:2xx}", "{*}", 0),
        ("{code:2xx,env:prod}", "{env:prod}", 0),
        ("{code:2xx}", "{env:prod}", 1),
        ("{code:2xx,env:prod}", "{env:p*}", 0),
        ("{code:2xx}", "{!code:3xx}", 0),
        ("{code:2xx OR code:3xx}", "{env:prod}", 0),
    ],
)
def test_good_events_are_among_all(good: str, total: str, count: int) -> None:
    query = {"numerator": f"sum:hits{good}.as_count()", "denominator": f"sum:hits{total}.as_count()"}
    documents = {"service_level_objective.a": {"type": "metric", "query": query}}
    assert len(found("slo-good-not-total", documents)) == count


@pytest.mark.parametrize(
    ("query", "options", "count"),
    [
        ("max(last_5m):max:up{*} < 1", {}, 1),
        ("max(last_5m):max:up{*} <= 0", {"on_missing_data": "default"}, 1),
        ("max(last_5m):max:up{*} < 1", {"on_missing_data": "resolve"}, 0),
        ("max(last_5m):max:up{*} < 1", {"notify_no_data": True}, 0),
        ("max(last_5m):default_zero(max:up{*}) < 1", {}, 0),
        ("sum(last_5m):sum:up{*}.as_count() < 1", {}, 0),
        ("max(last_5m):max:up{*} < 5", {}, 0),
    ],
)
def test_a_heartbeat_is_missed(query: str, options: Document, count: int) -> None:
    assert len(found("no-data-never", {"monitor.a": monitor(query, options=options)})) == count
