"""Metric queries from samples to one value: time, space, functions, window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.alerting.metrics.evaluate import Evaluation, QueryInputs
from ddconf.alerting.metrics.frame import Grid
from ddconf.alerting.metrics.samples import MetricType, Samples, read_values
from ddconf.alerting.uncomputable import MODELS, Uncomputable
from ddconf.queries import parse_metric_query
from tests.alerting.desk import MINUTE, START, Desk, series

COUNT, RATE, DISTRIBUTION = MetricType.COUNT, MetricType.RATE, MetricType.DISTRIBUTION


def value(query: str, *given: Samples, minutes: int = 10) -> float | None:
    """The value of an ungrouped monitor at a minute; None if it has none."""
    source = Desk(f"{query} > 1e9", given).run(minutes).source
    reading = next(iter(source.read(START + minutes * MINUTE).values()), None)
    return reading if isinstance(reading, int | float) else None


def row(query: str, *given: Samples, size: int = 6, interval: float = MINUTE) -> list[float | None]:
    """The only row of a query on a grid."""
    grid = Grid(START, interval, size)
    rows = Evaluation(QueryInputs(given), grid, grid.end).frame(parse_metric_query(query)).rows
    (found,) = rows.values()
    return found


@pytest.mark.parametrize(
    ("notation", "values"),
    [
        ("5", [5]),
        ("5x3", [5, 5, 5, 5]),
        ("0+10x3", [0, 10, 20, 30]),
        ("9-1x3", [9, 8, 7, 6]),
        ("1 _ 2", [1, None, 2]),
        ("_x3", [None] * 4),
        ("-1.5", [-1.5]),
        ("[1, 2]x1", [[1, 2], [1, 2]]),
    ],
)
def test_values_are_written_as_promtool_has_them(notation: str, values: list[float | None]) -> None:
    assert read_values(notation) == values


@pytest.mark.parametrize("notation", ["5x", "x3", "a", "1,2", "[1", "1 2x-1"])
def test_other_notations_are_refused(notation: str) -> None:
    with pytest.raises(ValueError, match="is not of the form"):
        read_values(notation)


@pytest.mark.parametrize(("head", "expected"), [("avg", 23), ("max", 50), ("min", 8), ("sum", 230)])
def test_the_head_reduces_the_window(head: str, expected: float) -> None:
    assert value(f"{head}(last_10m):avg:m{{*}}", series("m", "15 12 8 11 14 13 25 37 45 50")) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sum(last_5m):sum:errors{*}.as_count() / sum:total{*}.as_count()", 0.3),
        ("sum(last_5m):sum:errors{*}.as_rate() / sum:total{*}.as_rate()", 1.5),
        ("avg(last_5m):sum:errors{*}.as_count() / sum:total{*}.as_count()", 0.3),
        ("max(last_5m):sum:errors{*}.as_count() / sum:total{*}.as_count() * 100", 50),
        ("sum(last_5m):sum:errors{*}", 15),
        ("avg(last_5m):avg:errors{*}", 3),
        ("sum(last_5m):sum:errors{*}.as_count() - sum:nothing{*}.as_count()", None),
    ],
)
def test_counts_are_summed_before_they_are_divided(query: str, expected: float | None) -> None:
    errors, total = series("errors", "1 2 3 4 5", type=COUNT), series("total", "10x4", type=COUNT)
    assert value(query, errors, total, minutes=5) == (
        expected if expected is None else pytest.approx(expected)
    )


def test_a_division_by_a_total_of_nothing_is_skipped() -> None:
    query = "sum(last_5m):sum:errors{*}.as_count() / sum:total{*}.as_count()"
    assert value(query, series("errors", "1x9", type=COUNT), series("total", "0x9", type=COUNT)) is None


def test_time_comes_before_space() -> None:
    often = Samples("m", [START + 10 * step for step in range(30)], [10.0] * 30, ("host:a",))
    seldom = series("m", "20x4", "host:b")
    assert value("avg(last_5m):sum:m{*}", often, seldom, minutes=5) == 30
    assert value("avg(last_5m):avg:m{*}", often, seldom, minutes=5) == 15


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("avg:m{*}", 2.5),
        ("sum:m{*}", 10),
        ("min:m{*}", 1),
        ("max:m{*}", 4),
        ("count:m{*}", 4),
        ("p50:m{*}", 2),
        ("p99:m{*}", 3),
        ("count(v: v>=2):m{*}", 3),
        ("count(v: v>4):m{*}", 0),
    ],
)
def test_a_distribution_aggregates_all_values_at_once(query: str, expected: float) -> None:
    given = [
        series("m", "[1, 2]", "host:a", type=DISTRIBUTION),
        series("m", "[3, 4]", "host:b", type=DISTRIBUTION),
    ]
    assert row(query, *given, size=1) == [expected]


def test_a_rate_knows_its_interval() -> None:
    rate = Samples("m", [START, START + 20], [0.05, 0.1], type=RATE, interval=20)
    assert row("sum:m{*}.as_count()", rate, size=2, interval=20) == [1, 2]
    assert row("sum:m{*}.as_rate()", rate, size=2, interval=20) == [0.05, 0.1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("abs(avg:m{*})", [1, 4, 2, 2, None, 8]),
        ("diff(avg:m{*})", [None, 5, -6, 4, None, 6]),
        ("monotonic_diff(avg:m{*})", [None, 5, None, 4, None, 6]),
        ("per_minute(avg:m{*})", [None, 5, -6, 4, None, 3]),
        ("derivative(avg:m{*})", [None, 5 / 60, -0.1, 4 / 60, None, 0.05]),
        ("per_hour(avg:m{*})", [None, 300, -360, 240, None, 180]),
        ("dt(avg:m{*})", [None, 60, 60, 60, None, 120]),
        ("cumsum(avg:m{*})", [-1, 3, 1, 3, None, 11]),
        ("integral(avg:m{*})", [-60, 180, 60, 180, None, 660]),
        ("cutoff_max(avg:m{*}, 4)", [-1, 4, -2, 2, None, None]),
        ("cutoff_min(avg:m{*}, 2)", [None, 4, None, 2, None, 8]),
        ("clamp_max(avg:m{*}, 2)", [-1, 2, -2, 2, None, 2]),
        ("log2(avg:m{*})", [None, 2, None, 1, None, 3]),
        ("throughput(avg:m{*})", [-1 / 60, 4 / 60, -2 / 60, 2 / 60, None, 8 / 60]),
        ("median_3(avg:m{*})", [-1, 1.5, -1, 2, 0, 5]),
        ("moving_rollup(avg:m{*}, 120, 'sum')", [-1, 3, 2, 0, 2, 8]),
        ("ewma_3(avg:m{*})", [-1, 1.5, -0.25, 0.875, None, 4.4375]),
        ("default_zero(avg:m{*})", [-1, 4, -2, 2, 5, 8]),
        ("avg:m{*}.fill(zero)", [-1, 4, -2, 2, 0, 8]),
        ("avg:m{*}.fill(last)", [-1, 4, -2, 2, 2, 8]),
        ("avg:m{*}.fill(linear)", [-1, 4, -2, 2, 5, 8]),
        ("avg:m{*}.fill(null)", [-1, 4, -2, 2, None, 8]),
        ("avg:m{*}.fill(7)", [-1, 4, -2, 2, 7, 8]),
        ("timeshift(avg:m{*}, -60)", [None, -1, 4, -2, 2, None]),
        ("-avg:m{*} * 2 + 1", [3, -7, 5, -3, None, -15]),
        ("min(avg:m{*}, 3)", [-1, 3, -2, 2, None, 3]),
        ("avg:m{*}.rollup(max, 60) / 0", [None] * 6),
    ],
)
def test_functions(query: str, expected: list[float | None]) -> None:
    assert row(query, series("m", "-1 4 -2 2 _ 8")) == [
        item if item is None else pytest.approx(item) for item in expected
    ]


def test_zeros_come_at_once_for_counts_and_after_five_minutes_for_gauges() -> None:
    query = "default_zero(avg:m{*})"
    assert row(query, series("m", "7"), size=8) == [7, 7, 7, 7, 7, 7, 0, 0]
    assert row(query, series("m", "7", type=COUNT), size=4) == [7, 0, 0, 0]


def test_gauges_are_interpolated_only_where_they_are_joined() -> None:
    gaps, whole = series("m", "1 _ 3", "host:a"), series("m", "1 1 1", "host:b")
    assert row("sum:m{host:a}", gaps, whole, size=3) == [1, None, 3]
    assert row("sum:m{*}", gaps, whole, size=3) == [2, 3, 4]
    assert row("sum:m{*}.fill(null)", gaps, whole, size=3) == [2, 1, 4]
    assert row("sum:m{host:a} + sum:m{host:b}", gaps, whole, size=3) == [2, 3, 4]


@pytest.mark.parametrize(
    ("scope", "hosts"),
    [
        ("*", "abc"),
        ("env:prod", "ab"),
        ("!env:prod", "c"),
        ("env:prod,!host:a", "b"),
        ("env:prod AND NOT host:a", "b"),
        ("host IN (a, c)", "ac"),
        ("host NOT IN (a, c)", "b"),
        ("host:a OR (env:test AND role:*)", "ac"),
        ("env:p*d", "ab"),
        ("role:*", "c"),
        ("ENV:PROD", "ab"),
    ],
)
def test_scopes(scope: str, hosts: str) -> None:
    given = [
        series("m", "1", "host:a", "env:prod"),
        series("m", "1", "host:b", "Env:Prod"),
        series("m", "1", "host:c", "env:test", "role:db"),
    ]
    grid = Grid(START, MINUTE, 1)
    tree = parse_metric_query(f"avg:m{{{scope}}} by {{host}}")
    rows = Evaluation(QueryInputs(given), grid, grid.end).frame(tree).rows
    assert "".join(dict(group)["host"] for group in rows) == hosts


def test_a_group_that_lacks_a_tag_is_left_out_of_monitors() -> None:
    given = [series("m", "9x9", "host:a", "env:x"), series("m", "9x9", "host:b")]
    assert Desk("avg(last_5m):avg:m{*} by {host,env} > 5", given).story(5) == [(1, "a,x", "Alert")]


def test_different_groups_join_on_the_tags_they_share() -> None:
    given = [
        series("m", "10x9", "host:a", "disk:1"),
        series("m", "30x9", "host:a", "disk:2"),
        series("limit", "20x9", "host:a"),
        series("limit", "90x9", "host:b"),
    ]
    query = "avg(last_5m):avg:m{*} by {host,disk} - avg:limit{*} by {host} > 0"
    assert Desk(query, given).story(5) == [(1, "a,2", "Alert")]


@pytest.mark.parametrize("function", sorted(MODELS - {"outliers", "anomalies", "forecast"}))
def test_what_only_datadog_computes_is_refused_by_name(function: str) -> None:
    grid = Grid(START, MINUTE, 1)
    with pytest.raises(Uncomputable, match=f"cannot be computed offline: {function}\\(\\)"):
        Evaluation(QueryInputs([]), grid, grid.end).frame(parse_metric_query(f"{function}(avg:m{{*}})"))


def test_anomalies_are_refused_when_the_monitor_is_run() -> None:
    query = (
        "avg(last_4h):anomalies(avg:m{*}, 'basic', 2, direction='above', alert_window='last_15m',"
        " interval=60, count_default_zero='true') >= 1"
    )
    options = {"threshold_windows": {"trigger_window": "last_15m", "recovery_window": "last_15m"}}
    with pytest.raises(Uncomputable, match=r"anomalies\(\)"):
        Desk(query, options=options).run(10)


@given(st.lists(st.one_of(st.none(), st.integers(-5, 5)), min_size=12, max_size=40))
def test_windows_that_share_a_computation_come_out_as_each_alone(values: list[int | None]) -> None:
    notation = " ".join("_" if value is None else str(value) for value in values)
    given = [series("m", notation, "host:a"), series("m", "1x40", "host:b")]
    for query in (
        "sum(last_5m):max:m{*} by {host}",
        "max(last_5m):diff(max:m{host:a})",
        "max(last_5m):cumsum(sum:m{host:a})",
    ):
        source = Desk(f"{query} > 1e9", given).run(len(values)).source
        alone = Desk(f"{query} > 1e9", given).run(len(values)).source
        alone._shared = None  # type: ignore[attr-defined]
        for minute in range(5, len(values)):
            assert source.read(START + minute * MINUTE) == alone.read(START + minute * MINUTE)


def test_a_bucket_that_starts_before_the_window_is_left_out() -> None:
    query = "max(last_10m):sum:m{*}.rollup(sum, 600) < 1"
    story = Desk(query, [series("m", "0x8 100 0x9")]).story(15)
    assert story == [(1, "*", "Alert"), (10, "*", "OK"), (11, "*", "Alert")]


def test_a_change_is_measured_point_by_point() -> None:
    gauge = series("m", "10x29 30x29")
    assert value("change(avg(last_5m),last_30m):avg:m{*}", gauge, minutes=40) == 20
    assert value("pct_change(avg(last_5m),30m_ago):avg:m{*}", gauge, minutes=40) == 200
    assert value("pct_change(avg(last_5m),last_30m):avg:m{*}", series("m", "0x59"), minutes=40) is None


def test_a_window_that_is_not_full_is_skipped() -> None:
    options = {"require_full_window": True}
    desk = Desk("avg(last_10m):avg:m{*} > 5", [series("m", "_x9 9x30")], options=options)
    assert desk.story(40) == [(20, "*", "Alert")]
