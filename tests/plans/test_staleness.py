"""Whether a change of a plan fits the state it is applied to."""

from __future__ import annotations

import pytest

from ddconf.address import Address
from ddconf.plans.change import Action, Change
from ddconf.plans.staleness import why_unfit
from ddconf.state.model import Entry
from tests.plans.kinds import KINDS

CPU, DISK = Address("monitor", "cpu"), Address("monitor", "disk")
ENTRIES = {CPU: Entry("7", {}, {}), DISK: Entry("8", {}, {}, protected=True)}
OWNED = {"7": CPU, "8": DISK}
NEW = Address("monitor", "new")


def why(change: Change) -> str:
    return why_unfit(change, KINDS["monitor"], ENTRIES, OWNED)


@pytest.mark.parametrize(
    "change",
    [
        Change(CPU, Action.UPDATE, "7"),
        Change(CPU, Action.DELETE, "7"),
        Change(CPU, Action.REPLACE, "7"),
        Change(CPU, Action.CREATE),
        Change(CPU, Action.FORGET, "7"),
        Change(DISK, Action.UPDATE, "8"),
        Change(NEW, Action.CREATE),
        Change(NEW, Action.ADOPT, "9"),
        Change(CPU, Action.ADOPT, "9"),
        Change(NEW, Action.UPDATE, "7", moved_from=CPU),
    ],
    ids=lambda change: f"{change.action} {change.address}",
)
def test_a_change_of_what_is_its_own_fits(change: Change) -> None:
    assert why(change) == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (Change(CPU, Action.DELETE, "9"), "another object by now: 7"),
        (Change(NEW, Action.UPDATE, "9"), "not in the state any more"),
        (Change(NEW, Action.FORGET, "9"), "not in the state any more"),
        (Change(NEW, Action.ADOPT, "7"), "owned by monitor.cpu"),
        (Change(NEW, Action.REPLACE, "7"), "owned by monitor.cpu"),
        (Change(CPU, Action.ADOPT, "7"), "in the state already"),
        (Change(CPU, Action.ADOPT, "8"), "owned by monitor.disk"),
        (Change(DISK, Action.DELETE, "8"), "protected"),
        (Change(DISK, Action.REPLACE, "8"), "protected"),
        (Change(NEW, Action.DELETE, "8", moved_from=DISK), "protected"),
        (Change(CPU, Action.UPDATE, "8", moved_from=DISK), "in the state already"),
        (Change(NEW, Action.NOOP, "7", moved_from=Address("dashboard", "b")), "keeps its kind"),
    ],
    ids=lambda value: f"{value.action} {value.address}" if isinstance(value, Change) else value,
)
def test_a_change_of_what_is_not_its_own_is_refused(change: Change, words: str) -> None:
    assert words in why(change)
