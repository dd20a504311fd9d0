"""Composite monitors over the histories of others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.alerting.composites import status_of
from ddconf.alerting.data import ReferencedMonitor
from ddconf.alerting.status import Status
from ddconf.queries.monitors import Both, Either, Negation
from ddconf.queries.monitors import ComponentMonitor as Id
from tests.alerting.desk import MINUTE, START, Desk

A, B = Id("1"), Id("2")
STATUSES = st.sampled_from([Status.OK, Status.WARN, Status.ALERT, Status.NO_DATA])


@given(STATUSES, STATUSES)
def test_and_is_or_in_a_mirror(a: Status, b: Status) -> None:
    states = {"1": a, "2": b}
    least = status_of(Both(A, B), states, tells_no_data=True)
    most = status_of(Either(A, B), states, tells_no_data=True)
    assert least and most and least.severity <= most.severity
    assert {least, most} == {a, b}


@given(STATUSES)
def test_twice_not_is_the_status_but_for_a_warning(status: Status) -> None:
    twice = status_of(Negation(Negation(A)), {"1": status}, tells_no_data=True)
    assert twice is (Status.ALERT if status is Status.WARN else status)


def history(*changes: tuple[float, Status]) -> list[tuple[float, Status]]:
    return [(START + minute * MINUTE, status) for minute, status in changes]


@pytest.mark.parametrize(
    ("query", "story"),
    [
        ("1 && 2", [(10, "h", "Warn"), (15, "h", "OK")]),
        ("1 || 2", [(5, "h", "Alert"), (15, "h", "Warn"), (20, "h", "OK")]),
        ("1 && !2", [(5, "h", "Alert"), (10, "h", "OK")]),
    ],
)
def test_a_composite_follows_its_parts(query: str, story: list[tuple[float, str, str]]) -> None:
    first = history((0, Status.OK), (5, Status.ALERT), (15, Status.OK))
    second = history((0, Status.OK), (10, Status.WARN), (20, Status.OK))
    parts = {
        "1": ReferencedMonitor({(("host", "h"),): first}),
        "2": ReferencedMonitor({(("service", "h"),): second}),
    }
    assert Desk(query, type="composite").story(30, parts=parts) == story


def test_groups_that_only_one_part_has_are_not_evaluated() -> None:
    alert = history((0, Status.ALERT))
    parts = {
        "1": ReferencedMonitor({(("host", "a"),): alert}),
        "2": ReferencedMonitor({(("host", "b"),): alert}),
    }
    assert Desk("1 && 2", type="composite").story(30, parts=parts) == []
    parts["2"] = ReferencedMonitor({(): alert})
    assert Desk("1 && 2", type="composite").story(30, parts=parts) == [(1, "a", "Alert")]
