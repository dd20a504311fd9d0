"""A plan tells what its apply costs."""

from __future__ import annotations

import pytest

from ddconf.address import Address
from ddconf.kind import find_kind
from ddconf.plans.apply_cost import ApplyCost, apply_cost
from ddconf.plans.change import Action, Cause, Change, FieldChange, Plan

FIELD = FieldChange(("message",), "a", "b", Cause.CONFIG)


def cost(*changes: Change) -> ApplyCost:
    return apply_cost(Plan(changes, "site", "lineage", 1, "now"), find_kind)


def change(name: str, action: Action, *fields: FieldChange) -> Change:
    return Change(Address.parse(name), action, fields=fields)


@pytest.mark.parametrize(
    ("action", "fields", "requests"),
    [
        (Action.CREATE, (), 2),
        (Action.UPDATE, (FIELD,), 3),
        (Action.ADOPT, (), 2),
        (Action.ADOPT, (FIELD,), 3),
        (Action.REPLACE, (FIELD,), 4),
        (Action.DELETE, (), 3),
        (Action.NOOP, (), 0),
        (Action.FORGET, (), 0),
    ],
)
def test_requests_are_counted_with_one_list_to_see_the_outcome(
    action: Action, fields: tuple[FieldChange, ...], requests: int
) -> None:
    assert cost(change("monitor.a", action, *fields)).requests == requests


def test_few_changes_of_a_paced_kind_need_not_wait() -> None:
    assert cost(*(change(f"logs_index.i{n}", Action.CREATE) for n in range(10))).seconds == 0


def test_many_changes_of_a_paced_kind_wait_for_their_windows() -> None:
    found = cost(*(change(f"logs_index.i{n}", Action.CREATE) for n in range(25)))
    assert (found.requests, found.seconds, found.slowest) == (26, 600, "logs_index")
    expected = "about 26 requests and at least 10 minutes, as Datadog takes few of logs_index at once"
    assert str(found) == expected
