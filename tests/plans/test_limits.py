"""How much one plan may change or delete."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.address import Address
from ddconf.errors import Diagnostic
from ddconf.kind import NONE
from ddconf.plans.change import Action, Change, Plan
from ddconf.plans.limits import Allowances, OwnedCounts, check
from tests.plans.kinds import KINDS


@dataclass(frozen=True)
class Limit:
    updates: float | int = 0.3
    deletes: float | int = 0.3
    minimum: int = 10


@dataclass(frozen=True)
class Limits:
    default: Limit = Limit()
    kinds: dict[str, Limit] = field(default_factory=dict)

    def of(self, kind: str) -> Limit:
        return self.kinds.get(kind, self.default)


def plan_of(*changes: Change) -> Plan:
    return Plan(changes, "site", "lineage", 1, "now")


def many(kind: str, action: Action, number: int) -> list[Change]:
    return [Change(Address(kind, f"m{n}"), action, str(n), {}) for n in range(number)]


STAYS = Change(Address("monitor", "stays"), Action.NOOP, "0", {})
"""A definition that is there, so that the plan is not one for an empty folder."""


def checked(
    changes: list[Change],
    total: int,
    limits: Limits = Limits(),
    *,
    protected: Collection[Address] = (),
    deleted: Mapping[str, int] = NONE,
    **agreed: Any,
) -> list[Diagnostic]:
    """What stops the changes where of each kind so many objects are owned."""
    addresses = [Address(kind, f"m{number}") for kind in KINDS for number in range(total)]
    owned = OwnedCounts(addresses, protected, deleted)
    return list(check(plan_of(STAYS, *changes), limits, owned, Allowances(**agreed), KINDS.__getitem__))


@pytest.mark.parametrize(
    ("number", "total", "stopped"),
    [(3, 10, False), (4, 10, True), (8, 9, False), (31, 100, True), (30, 100, False)],
)
@pytest.mark.parametrize("action", [Action.DELETE, Action.UPDATE, Action.REPLACE])
def test_a_share_counts_from_the_minimum_number_of_objects_on(
    action: Action, number: int, total: int, stopped: bool
) -> None:
    assert bool(checked(many("monitor", action, number), total)) is stopped


def test_the_message_names_the_numbers_the_objects_and_the_flag() -> None:
    (found,) = checked(many("monitor", Action.DELETE, 12), 20)
    assert found.message.startswith(
        "the plan would delete 12 of 20 monitor, more than 30% of 20: monitor.m0, "
    )
    assert found.message.endswith("monitor.m9 and 2 more")
    assert "--allow-deletes=12" in found.hint


def test_a_number_is_a_limit_whatever_the_total() -> None:
    limits = Limits(kinds={"monitor": Limit(deletes=0)})
    (found,) = checked(many("monitor", Action.DELETE, 1), 3, limits)
    assert "more than 0: monitor.m0" in found.message
    assert checked(many("slo", Action.DELETE, 1), 3, limits) == []


def test_each_kind_has_its_own_limit() -> None:
    found = checked(many("monitor", Action.DELETE, 9) + many("slo", Action.DELETE, 9), 20)
    assert len(found) == 2
    assert all("--allow-deletes=18" in item.hint for item in found)


def test_the_agreed_number_is_of_the_whole_plan_and_no_blank_cheque() -> None:
    changes = many("monitor", Action.DELETE, 12)
    assert checked(changes, 20, deletes=12) == []
    (found,) = checked(changes, 20, deletes=11)
    assert "--allow-deletes=11 is less than the 12 of the plan" in found.message
    assert checked(changes, 20, updates=100)


def test_updates_have_their_own_number() -> None:
    changes = many("monitor", Action.UPDATE, 12)
    (found,) = checked(changes, 20)
    assert "--allow-updates=12" in found.hint
    assert checked(changes, 20, updates=12) == []


def test_creates_and_forgotten_entries_are_not_limited() -> None:
    new = [Change(Address("monitor", f"new{number}"), Action.CREATE, "", {}) for number in range(50)]
    assert checked(new + many("slo", Action.FORGET, 50), 50) == []


def test_making_anew_what_vanished_counts_as_an_update() -> None:
    (found,) = checked(many("monitor", Action.CREATE, 12), 20)
    assert found.message.startswith("the plan would update 12 of 20 monitor, more than 30% of 20")


@pytest.mark.parametrize(("total", "stopped"), [(1, False), (2, True), (9, True)])
def test_all_objects_of_a_kind_are_never_deleted_unasked(total: int, stopped: bool) -> None:
    found = checked(many("monitor", Action.DELETE, total), total)
    assert [item.message.startswith(f"the plan would delete all {total} monitor") for item in found] == (
        [True] if stopped else []
    )
    assert checked(many("monitor", Action.DELETE, total), total, deletes=total) == []
    assert checked(many("monitor", Action.DELETE, total), total, destroy=True) == []
    assert checked(many("monitor", Action.DELETE, total), total, Limits(Limit(deletes=1.0))) == []


def test_a_few_of_every_kind_are_many_together() -> None:
    kinds = [name for name, kind in KINDS.items() if not (kind.irreversible or kind.opt_in)]
    hit = [change for kind in kinds for change in many(kind, Action.DELETE, 2)]
    found = checked(hit, 5)
    assert f"the plan would delete {len(hit)} of {5 * len(KINDS)} objects, more than 30%" in found[0].message
    assert checked(hit, 5, deletes=len(hit)) == []


def test_where_nothing_is_defined_nothing_is_deleted_unasked() -> None:
    (change,) = many("monitor", Action.DELETE, 1)
    owned = OwnedCounts([Address("monitor", "m0"), Address("slo", "m0")])
    empty = replace(plan_of(change), unchanged=0)
    (found,) = check(empty, Limits(), owned, Allowances(), KINDS.__getitem__)
    assert found.message.startswith("no definition was found, and the plan would delete 1 of 2 objects")
    assert not check(empty, Limits(), owned, Allowances(deletes=1), KINDS.__getitem__)
    assert not check(replace(empty, unchanged=1), Limits(), owned, Allowances(), KINDS.__getitem__)


@given(st.integers(20, 200), st.floats(0.05, 0.9))
def test_law_steps_within_a_day_delete_no_more_than_one_step_may(total: int, share: float) -> None:
    """A checkout that loses a part of its files with every run loses no more than the limit in all."""
    limits, gone, left = Limits(Limit(deletes=share)), 0, total
    for _ in range(20):
        step = max(1, int(share * left / 2))
        if step >= left or checked(
            many("monitor", Action.DELETE, step), left, limits, deleted={"monitor": gone}
        ):
            break
        gone, left = gone + step, left - step
    assert gone <= share * total


@pytest.mark.parametrize("action", [Action.DELETE, Action.REPLACE])
def test_what_is_protected_is_never_destroyed_whatever_is_allowed(action: Action) -> None:
    change = Change(Address("monitor", "cpu"), action, "7", {}, protect=True)
    (found,) = checked([change], 1, deletes=5)
    assert found.message == "monitor.cpu is protected and would be destroyed"
    assert "protect: false" in found.hint


def test_protection_of_the_state_counts_whatever_a_plan_file_says() -> None:
    change = Change(Address("monitor", "cpu"), Action.DELETE, "7", {}, protect=False)
    assert checked([change], 1) == []
    assert len(checked([change], 1, protected={change.address})) == 1


def test_what_is_protected_may_be_updated() -> None:
    assert checked([Change(Address("monitor", "cpu"), Action.UPDATE, "7", {}, protect=True)], 1) == []


@pytest.mark.parametrize("action", [Action.DELETE, Action.REPLACE])
def test_an_irreversible_delete_must_be_allowed_by_name(action: Action) -> None:
    change = Change(Address("index", "main"), action, "main", {})
    (found,) = checked([change], 1, deletes=1)
    assert "irreversibly: a deleted name can never be used again" in found.message
    assert "--allow-irreversible=index.main" in found.hint
    assert checked([change], 1, irreversible=["index.main"]) == []
    assert checked([change], 1, irreversible=["index.other"])


def test_writes_of_some_kinds_need_an_opt_in() -> None:
    change = Change(Address("integration", "nginx"), Action.UPDATE, "i", {})
    (found,) = checked([change], 1)
    assert "allow_writes: [integration]" in found.hint
    assert checked([change], 1, writes={"integration"}) == []
    adopted = Change(Address("integration", "nginx"), Action.ADOPT, "i", {})
    assert checked([adopted], 1) == []


def test_every_reason_is_told() -> None:
    index = Change(Address("index", "main"), Action.DELETE, "main", {}, protect=True)
    changes = [*many("monitor", Action.DELETE, 12), index]
    assert len(checked(changes, 20)) == 3
