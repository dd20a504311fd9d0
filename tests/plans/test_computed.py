"""What Datadog chooses is not a difference, and silence about what never changes refuses no adoption."""

from __future__ import annotations

import pytest

from ddconf.document import Document, copy
from ddconf.errors import DdconfError
from ddconf.kind import Kind, rest
from ddconf.operations.export.as_definition import present
from ddconf.plans.change import Action, Change
from ddconf.plans.comparison import NormalizationContext, compare
from ddconf.plans.precondition import is_as_planned
from ddconf.state.model import Entry
from tests.plans.kinds import definition, definitions, live, only_change, plan

ROLE = Kind(
    name="role",
    api=rest("/api"),
    computed=("auth.external_id", "starts[*].at"),
    unexported=("auth.external_id",),
)
VIEW = NormalizationContext(ROLE)
WANTED: Document = {"name": "it", "auth": {"user": "me"}, "starts": [{"day": "monday"}]}
LIVE: Document = {
    "name": "it",
    "auth": {"user": "me", "external_id": "x1"},
    "starts": [{"day": "monday", "at": "08:00"}],
}


def test_a_computed_value_that_the_definition_does_not_name_is_no_difference() -> None:
    assert compare(VIEW, WANTED, LIVE, None)[1] == ()


def test_a_computed_value_that_the_definition_names_is_compared() -> None:
    wanted = {**WANTED, "auth": {"user": "me", "external_id": "x2"}}
    (change,) = compare(VIEW, wanted, LIVE, None)[1]
    assert (change.path, change.before, change.after) == (("auth", "external_id"), "x1", "x2")


@pytest.mark.parametrize("applied", [WANTED, LIVE], ids=["never named", "no longer named"])
def test_another_choice_of_datadogs_is_no_drift(applied: Document) -> None:
    entry = Entry("1", copy(applied), copy(LIVE), (), False)
    moved = {**LIVE, "auth": {"user": "me", "external_id": "x9"}}
    assert compare(VIEW, WANTED, moved, entry)[1] == ()


def test_a_computed_value_alone_in_its_mapping_leaves_nothing_behind() -> None:
    wanted = {"name": "it", "starts": WANTED["starts"]}
    seen, changes = compare(VIEW, wanted, {**LIVE, "auth": {"external_id": "x1"}}, None)
    assert changes == ()
    assert "auth" not in seen


def test_a_plan_stays_good_when_datadog_chooses_anew() -> None:
    before, _ = compare(VIEW, WANTED, LIVE, None)
    change = Change(definition("role.it", WANTED).address, Action.UPDATE, "1", before=before, desired=WANTED)
    moved = {**LIVE, "auth": {"user": "me", "external_id": "x9"}}
    assert is_as_planned(ROLE, change, moved, b"")


def test_an_export_leaves_out_what_is_this_objects_own_and_keeps_other_choices() -> None:
    assert present(ROLE, LIVE, {}) == {**LIVE, "auth": {"user": "me"}}


@pytest.mark.parametrize("theirs", [{}, {"type": "query alert"}], ids=["not shown", "not defined"])
def test_silence_about_what_never_changes_refuses_no_adoption(theirs: Document) -> None:
    ours = {} if theirs else {"type": "query alert"}
    found = live("monitor", _7={"name": "CPU", **theirs})
    change = only_change(plan(definitions(definition("monitor.cpu", {"name": "CPU", **ours})), found))
    assert (change.action, change.id, change.fields) == (Action.ADOPT, "7", ())


def test_another_value_of_what_never_changes_still_refuses() -> None:
    found = live("monitor", _7={"name": "CPU", "type": "log alert"})
    with pytest.raises(DdconfError, match="type cannot be changed"):
        plan(definitions(definition("monitor.cpu", {"name": "CPU", "type": "query alert"})), found)
