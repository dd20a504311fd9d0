from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from ddconf.address import Address
from ddconf.errors import Diagnostic
from ddconf.plans.change import Action, Change, Plan
from ddconf.plans.limits import Allowances, check
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


def checked(changes: list[Change], total: int, limits: Limits = Limits(), **options: Any) -> list[Diagnostic]:
    counts = dict.fromkeys(KINDS, total)
    protected = options.pop("protected", ())
    allowed = Allowances(**{name.removeprefix("allow_"): value for name, value in options.items()})
    kinds = KINDS.__getitem__
    return list(check(plan_of(*changes), limits, counts, kinds=kinds, allowed=allowed, protected=protected))


@pytest.mark.parametrize(
    ("number", "total", "stopped"),
    [(3, 10, False), (4, 10, True), (9, 9, False), (31, 100, True), (30, 100, False)],
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
    assert checked(changes, 20, allow_deletes=12) == []
    (found,) = checked(changes, 20, allow_deletes=11)
    assert "--allow-deletes=11 is less than the 12 of the plan" in found.message
    assert checked(changes, 20, allow_updates=100)


def test_updates_have_their_own_number() -> None:
    changes = many("monitor", Action.UPDATE, 12)
    (found,) = checked(changes, 20)
    assert "--allow-updates=12" in found.hint
    assert checked(changes, 20, allow_updates=12) == []


def test_creates_and_forgotten_entries_are_not_limited() -> None:
    assert checked(many("monitor", Action.CREATE, 50) + many("slo", Action.FORGET, 50), 50) == []


@pytest.mark.parametrize("action", [Action.DELETE, Action.REPLACE])
def test_what_is_protected_is_never_destroyed_whatever_is_allowed(action: Action) -> None:
    change = Change(Address("monitor", "cpu"), action, "7", {}, protect=True)
    (found,) = checked([change], 1, allow_deletes=5)
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
    (found,) = checked([change], 1, allow_deletes=1)
    assert "for ever: a deleted name can never be used again" in found.message
    assert "--allow-irreversible=index.main" in found.hint
    assert checked([change], 1, allow_irreversible=["index.main"]) == []
    assert checked([change], 1, allow_irreversible=["index.other"])


def test_writes_of_some_kinds_need_an_opt_in() -> None:
    change = Change(Address("integration", "nginx"), Action.UPDATE, "i", {})
    (found,) = checked([change], 1)
    assert "allow_writes: [integration]" in found.hint
    assert checked([change], 1, allow_writes={"integration"}) == []
    adopted = Change(Address("integration", "nginx"), Action.ADOPT, "i", {})
    assert checked([adopted], 1) == []


def test_every_reason_is_told() -> None:
    index = Change(Address("index", "main"), Action.DELETE, "main", {}, protect=True)
    changes = [*many("monitor", Action.DELETE, 12), index]
    assert len(checked(changes, 20)) == 3
