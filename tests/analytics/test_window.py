"""The span that is looked at, and how values spread."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ddconf.analytics.histogram import bounds, histogram
from ddconf.analytics.ranking import ranked
from ddconf.analytics.request import scalar
from ddconf.analytics.window import TimeFrame, window_of
from ddconf.pipelines.log import Log
from tests.analytics.build import log, query, request, store


@given(st.lists(st.integers(0, 4_000_000_000_000), min_size=1))
def test_every_log_is_in_a_window_of_few_buckets(times: list[int]) -> None:
    logs = [Log(timestamp=time) for time in times]
    window = window_of(logs)
    assert all(window.bucket(item) is not None for item in logs)
    assert len(window.starts) <= 62
    assert window.start % window.interval == 0


@given(st.integers(1, 10_000_000))
def test_buckets_of_another_length_cover_the_same_span_and_are_not_too_many(interval: int) -> None:
    window = TimeFrame(0, 7_200_000, 60_000).every(interval)
    assert window.start <= 0 and window.end >= 7_200_000
    assert len(window.starts) <= 1501


@given(st.lists(st.integers(-1000, 1000), min_size=1), st.booleans())
def test_a_histogram_counts_every_value_once(numbers: list[int], ratio: bool) -> None:
    bins = histogram(numbers, bounds(numbers, ratio=ratio))
    assert sum(bins.counts) == len(numbers)
    assert list(bins.bounds) == sorted(bins.bounds)


def test_bounds_of_equal_ratio_grow_by_one_factor() -> None:
    assert [round(bound) for bound in bounds([1, 1000], bins=3, ratio=True)] == [1, 10, 100, 1000]


def test_rows_are_in_the_order_that_a_request_asks_for() -> None:
    logs = store(log(c="a", n=1), log(c="a", n=1), log(c="b", n=9), log(c="c"))
    columns = scalar(
        request(
            query("count", None, "@c"), query("sum", "@n", "@c", name="query2"), formulas=["query1", "query2"]
        ),
        logs,
    )

    def names(**sort: object) -> list[str]:
        return [row.group[0] for row in ranked(columns, sort)]

    assert names() == ["a", "b", "c"]
    assert names(order_by=[{"type": "formula", "index": 1, "order": "desc"}], count=2) == ["b", "a"]
    assert names(order_by=[{"type": "formula", "index": 1, "order": "asc"}]) == ["a", "b", "c"]
    assert names(order_by=[{"type": "group", "name": "@c", "order": "desc"}]) == ["c", "b", "a"]
