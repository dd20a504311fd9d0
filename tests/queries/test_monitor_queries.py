"""Queries of monitors: their trees, and what is refused where."""

from __future__ import annotations

import pytest

from ddconf.queries import QueryError, parse_monitor_query
from ddconf.queries.monitors import (
    Composite,
    EventAlert,
    FormulaAlert,
    MetricAlert,
    NoQuery,
    ServiceCheck,
    SloAlert,
)
from ddconf.queries.printer import print_monitor
from ddconf.queries.tree import Series

EXAMPLES = {
    "metric alert": 'formula("query1").rollup("sum").last("5m") > 124',
    "query alert": "pct_change(avg(last_5m),last_1h):sum:hits{*} by {host}.as_count() > 5",
    "log alert": 'logs("status:error \\"a b\\"").index("*").rollup("avg", "@d").by("host").last("2d") >= 1.5',
    "event-v2 alert": 'events("source:x").rollup("count").last("30m") > 0',
    "error-tracking alert": 'error-tracking("").source("all").rollup("count").by("issue.id").last("1h") > 1',
    "process alert": "processes('java').over('env:prod').rollup('count').last('10m') < 2",
    "cost alert": 'formula("query1").last("7d").change("relative", 7) > 10',
    "data-jobs alert": 'formula("failed_runs(run_query)").by(job_name,workspace_name).last(10d) > 0',
    "slo alert": 'burn_rate("${slo.a.id}").over("30d").long_window("1h").short_window("5m") > 14.4',
    "service check": '"ntp.in_sync".over("*").by("host","env").last(3).count_by_status()',
    "composite": "${monitor.a.id} && !(2 || 3)",
    "synthetics alert": "no_query",
}


@pytest.mark.parametrize("type", EXAMPLES)
def test_every_type_survives_printing(type):
    query = parse_monitor_query(EXAMPLES[type], type)
    assert parse_monitor_query(print_monitor(query), type) == query


def test_the_parts_of_a_metric_alert():
    query = parse_monitor_query("avg(last_1h):avg:a{*} by {host} > 5", "query alert")
    assert isinstance(query, MetricAlert) and isinstance(query.expression, Series)
    assert (query.aggregator, str(query.window), query.window.seconds) == ("avg", "last_1h", 3600)
    assert (query.comparison.comparator, query.comparison.threshold) == (">", 5)


def test_the_parts_of_a_log_alert():
    query = parse_monitor_query(EXAMPLES["log alert"], "log alert")
    assert isinstance(query, EventAlert)
    assert (query.source, query.search.value) == ("logs", 'status:error "a b"')
    assert (query.aggregation, query.measure, query.groups) == ("avg", "@d", ("host",))
    assert query.window is not None and query.window.seconds == 172_800
    assert query.indexes == ("*",)


def test_the_parts_of_the_others():
    formula = parse_monitor_query(EXAMPLES["data-jobs alert"], "data-jobs alert")
    check = parse_monitor_query(EXAMPLES["service check"], "service check")
    slo = parse_monitor_query(EXAMPLES["slo alert"], "slo alert")
    composite = parse_monitor_query(EXAMPLES["composite"], "composite")
    assert isinstance(formula, FormulaAlert) and formula.groups == ("job_name", "workspace_name")
    assert isinstance(check, ServiceCheck) and (check.groups, check.runs) == (("host", "env"), 3)
    assert isinstance(slo, SloAlert) and slo.text("long_window") == "1h"
    assert isinstance(composite, Composite) and [part.id for part in composite.parts] == [
        "${monitor.a.id}",
        "2",
        "3",
    ]
    assert parse_monitor_query("no_query", "synthetics alert") == NoQuery()


@pytest.mark.parametrize(
    ("type", "text", "message", "marked"),
    [
        ("logs alert", "1 && 2", "no such type", "1 && 2"),
        ("log alert", "avg(last_5m):avg:m{*} > 5", "begins with logs(", "avg"),
        ("query alert", 'logs("x").index("*").rollup("count").last("5m") > 5', "begins with avg(", "logs"),
        ("query alert", "avg:m{*} > 5", "time over which", "avg"),
        ("query alert", "median(last_5m):avg:m{*} > 5", "not an aggregation over time", "median"),
        ("query alert", "avg(last_5min):avg:m{*} > 5", "not a window", "last_5min"),
        ("query alert", "avg(last_0m):avg:m{*} > 5", "not a window", "last_0m"),
        ("query alert", "avg(last_9w):avg:m{*} > 5", "too long", "last_9w"),
        ("query alert", "avg(last_5m):avg:m{*}", "no comparison", " "),
        ("query alert", "avg(last_5m):avg:m{*} > five", "threshold is a number", "five"),
        ("query alert", "avg(last_5m):avg:m{$x} > 5", "template variable", "$x"),
        ("query alert", "avg(last_5m):autosmooth(avg:m{*}) > 5", "cannot be used in monitors", "autosmooth"),
        ("query alert", "avg(last_5m):avg:m{*} > 5 && 6", "should end here", "&"),
        ("log alert", "logs('x').rollup('count').last('5m') > 5", "single quotes", "'"),
        ("log alert", 'logs("x").rolup("count").last("5m") > 5', "no such method", "rolup"),
        ("log alert", 'logs("x").rollup("sum").last("5m") > 5', "sum of what", 'rollup("sum")'),
        ("log alert", 'logs("x").rollup("count").last("5min") > 5', "not a window", 'last("5min")'),
        ("rum alert", 'rum("x").rollup("count").last("3d") > 5', "a window of 3d", 'last("3d")'),
        ("log alert", 'logs("a:(b").rollup("count").last("5m") > 5', "never closed", "("),
        ("log alert", 'formula("a /").last("5m") > 5', "operand is missing", '"'),
        ("service check", '"a".over("*").last(2).count_by_status()', "grouping must be specified", '"a"'),
        ("slo alert", 'error_budget("x").over("14d") > 75', "no timeframe", 'over("14d")'),
        ("composite", "1 & 2", "should end here", "&"),
        ("composite", "1 && && 2", "id of a monitor", "&"),
    ],
)
def test_mistakes_say_where(type, text, message, marked):
    with pytest.raises(QueryError) as raised:
        parse_monitor_query(text, type)
    (diagnostic,) = raised.value.diagnostics
    assert message in diagnostic.message
    start = raised.value.offset
    assert (text + " ")[start : start + raised.value.length] == marked


@pytest.mark.parametrize(
    ("end", "number"), [("> 5", 5), ("<= -1.5e3", -1500), ("== 0", 0), (">= threshold", None)]
)
def test_the_threshold_is_the_number_at_the_end(end, number):
    query = parse_monitor_query(f"avg(last_5m):avg:x{{*}} {end}", "query alert")
    assert isinstance(query, MetricAlert)
    assert query.comparison.threshold == number
