"""From a value to a status: laws over all comparators, and the examples of the documentation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.alerting.status import Status
from ddconf.alerting.thresholds import COMPARATORS, Thresholds

NUMBERS = st.integers(-100, 100)


@given(
    st.sampled_from(COMPARATORS), NUMBERS, NUMBERS, st.sampled_from([Status.OK, Status.WARN, Status.ALERT])
)
def test_a_value_beyond_critical_alerts_whatever_was_before(
    comparator: str, critical: int, value: int, former: Status
) -> None:
    thresholds = Thresholds(comparator, critical)
    alerts = thresholds.decide(former, value) is Status.ALERT
    assert alerts is thresholds.reaches(value, critical)


@given(st.sampled_from([">", ">="]), NUMBERS, st.sampled_from([Status.OK, Status.WARN, Status.ALERT]))
def test_below_is_above_in_a_mirror(comparator: str, value: int, former: Status) -> None:
    above = Thresholds(comparator, 80, 60, 70, 50)
    below = Thresholds({">": "<", ">=": "<="}[comparator], -80, -60, -70, -50)
    assert above.decide(former, value) is below.decide(former, -value)


@given(st.lists(NUMBERS, min_size=1))
def test_without_recoveries_the_past_does_not_matter(values: list[int]) -> None:
    thresholds = Thresholds(">", 50, 20)
    status = Status.OK
    for value in values:
        status = thresholds.decide(status, value)
    assert status is thresholds.decide(Status.OK, values[-1])


@pytest.mark.parametrize(
    ("comparator", "recovered", "held"), [(">", 70, 71), (">=", 69, 70), ("<", 70, 69), ("<=", 71, 70)]
)
def test_recovery_is_where_the_comparison_with_its_threshold_fails(
    comparator: str, recovered: float, held: float
) -> None:
    critical = 80 if comparator.startswith(">") else 60
    thresholds = Thresholds(comparator, critical, critical_recovery=70)
    assert thresholds.decide(Status.ALERT, recovered) is Status.OK
    assert thresholds.decide(Status.ALERT, held) is Status.ALERT
    assert thresholds.decide(Status.OK, held) is Status.OK
