"""Queries computed: every law is held against SQLite over the same logs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.analytics.compute import compute
from ddconf.analytics.query import UncomputableQuery, read_query
from ddconf.analytics.request import scalar, series
from ddconf.pipelines.log import Log
from tests.analytics.build import MINUTE, START, WINDOW, log, query, request, store, table

clients = st.sampled_from(["10.0.0.1", "10.0.0.2", "10.0.0.3", "fe80::1"])
ports = st.sampled_from(["22", "53", "443"])
made = st.builds(
    lambda minute, client, port, size: log(minute, client=client, port=port, bytes=size),
    st.integers(0, 9),
    clients,
    ports,
    st.integers(0, 1000),
)
logs_made = st.lists(made, max_size=40)


@given(logs_made)
def test_sums_and_counts_by_client_are_those_of_sqlite(logs: list[Log]) -> None:
    [sums] = scalar(request(query("sum", "@bytes", "@client")), store(*logs))
    [counts] = scalar(request(query("count", None, "@client")), store(*logs))
    rows = table(logs).execute("select client, sum(bytes), count(*) from logs group by client").fetchall()
    assert sums.frame.scalars == {(client,): total for client, total, _ in rows}
    assert counts.frame.scalars == {(client,): count for client, _, count in rows}


@given(logs_made)
def test_other_aggregations_are_those_of_sqlite(logs: list[Log]) -> None:
    for name, sql in {
        "avg": "avg(bytes)",
        "min": "min(bytes)",
        "max": "max(bytes)",
        "cardinality": "count(distinct bytes)",
    }.items():
        [column] = scalar(request(query(name, "@bytes")), store(*logs))
        [[expected]] = table(logs).execute(f"select {sql} from logs").fetchall()
        assert column.frame.scalars[()] == pytest.approx(expected)


@given(logs_made, st.sampled_from([("median", 0.5), ("pc75", 0.75), ("pc95", 0.95), ("pc99", 0.99)]))
def test_a_percentile_is_the_number_at_its_rank(logs: list[Log], wanted: tuple[str, float]) -> None:
    name, share = wanted
    [column] = scalar(request(query(name, "@bytes")), store(*logs))
    rank = "cast(? * ((select count(*) from logs) - 1) as int)"
    sql = f"select bytes from logs order by bytes limit 1 offset {rank}"
    rows = table(logs).execute(sql, (share,)).fetchall()
    assert column.frame.scalars[()] == (rows[0][0] if rows else None)


@given(logs_made)
def test_the_top_two_are_those_of_sqlite(logs: list[Log]) -> None:
    wanted = query("sum", "@bytes", "@client")
    wanted["group_by"][0]["limit"] = 2
    [column] = scalar(request(wanted), store(*logs))
    sql = "select client, sum(bytes) from logs group by client order by 2 desc, 1 limit 2"
    assert list(column.frame.scalars.items()) == [
        ((client,), total) for client, total in table(logs).execute(sql)
    ]


@given(logs_made)
def test_buckets_are_the_minutes_of_sqlite(logs: list[Log]) -> None:
    [column], _ = series(request(query("sum", "@bytes")), store(*logs))
    rows = dict(table(logs).execute("select minute, sum(bytes) from logs group by minute").fetchall())
    assert column.frame.rows[()] == tuple(rows.get(minute) for minute in range(10))


@given(logs_made)
def test_the_limit_of_an_inner_group_counts_within_the_outer_one(logs: list[Log]) -> None:
    wanted = query("count", None, "@client", "@port")
    wanted["group_by"][1]["limit"] = 1
    [column] = scalar(request(wanted), store(*logs))
    sql = """select client, port, n from (select client, port, count(*) n, row_number() over
        (partition by client order by count(*) desc, port) place from logs group by client, port)
        where place = 1"""
    expected = {(client, port): count for client, port, count in table(logs).execute(sql)}
    assert column.frame.scalars == expected


def test_only_logs_that_the_search_finds_count() -> None:
    wanted = query(search={"query": "@port:443 -@client:10.*"})
    logs = [log(port="443", client="10.0.0.1"), log(port="443", client="fe80::1"), log(port="22", client="x")]
    [column] = scalar(request(wanted), store(*logs))
    assert column.frame.scalars == {(): 1}


def test_logs_outside_of_the_window_do_not_count() -> None:
    logs = [log(-0.001), log(0), log(9.99), log(10), replace(log(), timestamp=None)]
    [column] = scalar(request(query()), store(*logs))
    assert column.frame.scalars == {(): 2}


def test_a_log_with_two_values_is_in_two_groups_and_one_without_is_in_none() -> None:
    logs = [log(tag=["a", "b"]), log(tag="a"), log()]
    [column] = scalar(request(query("count", None, "@tag")), store(*logs))
    assert column.frame.scalars == {("a",): 2, ("b",): 1}


def test_texts_are_no_numbers_and_true_is_none_either() -> None:
    [column] = scalar(request(query("sum", "@n")), store(log(n="7"), log(n=True), log(n=2), log(n=0.5)))
    assert column.frame.scalars == {(): 2.5}


def test_an_empty_bucket_counts_zero_and_has_no_average() -> None:
    frames = [
        compute(read_query(query(*what)), [log(1, n=4)], WINDOW).rows[()]
        for what in (["count"], ["avg", "@n"])
    ]
    assert frames == [(0, 1, *[0] * 8), (None, 4, *[None] * 8)]


def test_groups_are_ranked_by_another_measure_where_the_query_says_so() -> None:
    by_size = {"facet": "@client", "limit": 1, "sort": {"aggregation": "max", "metric": "@n", "order": "asc"}}
    [column] = scalar(
        request(query("count", group_by=[by_size])),
        store(log(client="a", n=5), log(client="a", n=5), log(client="b", n=1)),
    )
    assert column.frame.scalars == {("b",): 1}


def test_the_older_form_of_a_request_gives_the_same() -> None:
    older = {
        "log_query": {
            "index": "*",
            "search": {"query": "@port:443"},
            "compute": {"aggregation": "sum", "facet": "@bytes"},
            "group_by": [{"facet": "@client", "limit": 5}],
        }
    }
    logs = [
        log(port="443", client="a", bytes=3),
        log(port="443", client="a", bytes=4),
        log(port="22", bytes=9),
    ]
    [column] = scalar(older, store(*logs))
    assert column.frame.scalars == {("a",): 7}


def test_a_query_may_set_the_length_of_its_buckets() -> None:
    wanted = query()
    wanted["compute"]["interval"] = 5 * MINUTE
    [column], window = series(request(wanted), store(log(0), log(4), log(5)))
    assert column.frame.rows[()] == (2, 1)
    assert window.start == START


@pytest.mark.parametrize(
    "wanted",
    [
        {"queries": [{"data_source": "metrics", "name": "a", "query": "avg:x{*}"}]},
        {"q": "avg:system.cpu.user{*}"},
        request(query("frobnicate")),
        request(query(search={"query": "(broken"})),
        request(query(), formulas=["query2"]),
    ],
)
def test_what_cannot_be_computed_says_why(wanted: dict[str, object]) -> None:
    with pytest.raises(UncomputableQuery, match=r"asks for|no aggregation|cannot be read|no query"):
        scalar(wanted, store(log()))
