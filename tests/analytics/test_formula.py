"""Formulas: arithmetic between queries, and the functions of Datadog's editor."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.analytics.formula import evaluate
from ddconf.analytics.frame import Frame, Row
from ddconf.analytics.query import UncomputableQuery
from ddconf.analytics.request import scalar
from ddconf.analytics.window import DAY, TimeFrame
from tests.analytics.build import START, log, query, request, store

WINDOW = TimeFrame(0, 180_000, 60_000)
A: Row = (60, None, 120)


def value(formula: str, **queries: Row | dict[tuple[str, ...], Row]) -> dict[tuple[str, ...], Row]:
    """The rows of a formula over rows that are given by name."""

    def fetch(name: str, _shift: int) -> Frame:
        if name not in queries:
            raise UncomputableQuery(f"there is no query {name}")
        found = queries[name]
        return Frame(("@a",), found) if isinstance(found, dict) else Frame((), {(): found})

    return dict(evaluate(formula, fetch, WINDOW).rows)


@pytest.mark.parametrize(
    ("formula", "row"),
    [
        ("a * 8 / 60", (8, None, 16)),
        ("-a + 1", (-59, None, -119)),
        ("(a - 60) / a * 100", (0, None, 50)),
        ("1 / (a - 60)", (None, None, 1 / 60)),
        ("2 * (3 - 1)", (4, 4, 4)),
        ("per_second(a)", (1, None, 2)),
        ("per_minute(a)", (60, None, 120)),
        ("per_hour(a)", (3600, None, 7200)),
        ("per_second(a) * 8", (8, None, 16)),
        ("default_zero(a)", (60, 0, 120)),
        ("abs(a - 100)", (40, None, 20)),
        ("log2(a / 60)", (0, None, 1)),
        ("log10(a - 60)", (None, None, pytest.approx(1.7781512503836436))),
        ("clamp_max(a, 100)", (60, None, 100)),
        ("clamp_min(a, 100)", (100, None, 120)),
        ("cutoff_max(a, 100)", (60, None, None)),
        ("cutoff_min(a, 100)", (None, None, 120)),
        ("cumsum(a)", (60, 60, 180)),
        ("diff(default_zero(a))", (None, -60, 120)),
        ("monotonic_diff(default_zero(a))", (None, None, 120)),
        ("derivative(default_zero(a))", (None, -1, 2)),
        ("moving_rollup(a, 120, 'sum')", (60, 60, 120)),
    ],
)
def test_a_formula_is_computed_bucket_by_bucket(formula: str, row: Row) -> None:
    assert value(formula, a=A) == {(): row}


def test_groups_meet_their_own_kind_and_a_query_without_groups_meets_all() -> None:
    grouped = {("x",): (10, 20, 30), ("y",): (1, 2, 3)}
    other = {("x",): (5, 5, 0)}
    assert value("a / b", a=grouped, b=other) == {("x",): (2, 4, None), ("y",): (None, None, None)}
    assert value("a / default_zero(b)", a=grouped, b=other)["y",] == (None, None, None)
    assert value("a + default_zero(b)", a=grouped, b=other)["y",] == (1, 2, 3)
    assert value("b - a", a=grouped, b=(1, 1, 1)) == {("x",): (-9, -19, -29), ("y",): (0, -1, -2)}


def test_top_keeps_the_rows_that_come_first() -> None:
    rows = {("x",): (1, None, 1), ("y",): (9, 9, 9), ("z",): (5, 5, 5), ("none",): (None, None, None)}
    assert list(value("top(a, 2, 'mean', 'desc')", a=rows)) == [("y",), ("z",)]
    assert list(value("bottom1(a)", a=rows)) == [("x",)]


def test_a_week_before_looks_at_logs_of_a_week_before() -> None:
    earlier = log(3 - 7 * 24 * 60)
    assert earlier.timestamp == START + 180_000 - 7 * DAY
    logs = store(earlier, log(1), log(2))
    formulas = [
        "query1",
        "week_before(query1)",
        "timeshift(query1, -604800)",
        'calendar_shift(query1, "-1w", "UTC")',
    ]
    columns = scalar(request(query(), formulas=formulas), logs)
    assert [column.frame.scalars[()] for column in columns] == [2, 1, 1, 1]


def test_a_rate_of_a_single_number_is_over_the_whole_window() -> None:
    [column] = scalar(
        request(query("sum", "@n"), formulas=["per_second(query1) * 8"]), store(log(n=300), log(9, n=300))
    )
    assert column.frame.scalars == {(): 8}


@pytest.mark.parametrize(
    "formula",
    [
        "", "a +", "a b", "__import__('os')", "a.__class__", "[a]", "a if a else a", "lambda: a",
        "a ** 9", "'text'", "anomalies(a, 'basic', 2)", "abs(a, 1)", "top(a, 2, 'nonsense')", "abs('x')",
        "1 / 0", "b", "a < 1", "True", "(" * 4000 + "a" + ")" * 4000, "a" * 9000, "abs(*a)",
        "clamp_min(a, least=1)",
    ],
)  # fmt: skip
def test_anything_else_is_refused_without_being_run(formula: str) -> None:
    with pytest.raises(UncomputableQuery):
        value(formula, a=A)


@given(st.text(max_size=30))
def test_any_text_is_a_formula_or_uncomputable(formula: str) -> None:
    try:
        assert value(formula, a=A)
    except UncomputableQuery as error:
        assert str(error)
