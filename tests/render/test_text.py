"""A plan as text: whole examples are under tests/golden, here is what each rule does."""

from __future__ import annotations

from click import unstyle
from hypothesis import given
from hypothesis import strategies as st

from ddconf.errors import Source
from ddconf.plans.change import Action, Cause
from ddconf.render.outline import SHOWN_LINES
from ddconf.render.text import render
from ddconf.render.values import printable
from ddconf.render.view import NextCommand, PlanView
from tests.render.build import change, field, plan, update


def test_no_changes_says_what_was_compared():
    text = render(plan(unchanged=12, unmanaged=3))
    assert text.splitlines() == [
        "No changes. Live configuration matches the definitions: 12 unchanged, 3 not managed by ddconf.",
        "Site: datadoghq.eu",
    ]


def test_the_closing_line_counts_what_happens():
    actions = (Action.CREATE, Action.REPLACE, Action.DELETE, Action.ADOPT, Action.MANUAL)
    text = render(
        plan(*(change(f"dashboard.{action}", action) for action in actions)), PlanView(following=None)
    )
    closing = "Plan: 2 to add, 0 to change, 2 to destroy, 1 to adopt, 1 to do by hand."
    assert text.endswith(f"{closing} Its apply takes about 8 requests.")


def test_a_plan_ends_with_what_to_do_next():
    made = plan(change("monitor.a", Action.CREATE))
    assert "run: ddconf apply\n" in render(made)
    assert render(made, PlanView(following=NextCommand("plan.json"))).endswith("run: ddconf apply plan.json")
    assert "ddconf apply" not in render(made, PlanView(following=None))


def test_what_to_do_next_leads_to_the_same_organisation_and_the_same_plan():
    made = plan(change("monitor.a", Action.DELETE))
    text = render(made, PlanView(following=NextCommand(place=" --sandbox", scope=" --destroy")))
    assert "run: ddconf apply --sandbox --destroy\n" in text
    assert text.endswith("ddconf plan --sandbox --destroy --out=FILE")
    assert render(made, PlanView(following=NextCommand("p", " --sandbox", " --destroy"))).endswith(
        "apply --sandbox p"
    )


def test_the_cause_of_an_update_is_in_its_heading():
    drift = update("monitor.a", field("name", "a", "b", Cause.DRIFT))
    assert "# monitor.a [id=7] will be updated in-place (changed outside ddconf)" in render(plan(drift))


def test_fields_with_different_causes_say_so_one_by_one():
    mixed = update("monitor.a", field("name", "a", "b"), field("query", "x", "y", Cause.DRIFT))
    lines = render(plan(mixed)).splitlines()
    assert '      ~ name: "a" -> "b"  # the definition changed' in lines
    assert '      ~ query: "x" -> "y"  # changed outside ddconf' in lines


def test_unchanged_attributes_are_counted():
    before = {"name": "a", "options": {"x": 1, "y": 2}, "query": "q"}
    text = render(plan(update("monitor.a", field("options.x", 1, 3), before=before)))
    assert "# (3 unchanged attributes hidden)" in text


def test_a_long_value_is_shown_below_the_old_one():
    text = render(plan(update("monitor.a", field("query", "x" * 60, "y" * 60))))
    assert "      ~ query:\n" in text
    assert f'          - "{"x" * 60}"\n          + "{"y" * 60}"\n' in text


def test_a_changed_secret_shows_neither_value_nor_digest():
    text = render(plan(update("monitor.c", field("token", "secret:" + "1" * 32, "secret:" + "2" * 32))))
    assert "~ token: (sensitive value)\n" in text
    assert "secret:" not in text


def test_a_replacement_names_the_field_that_forces_it():
    forced = change(
        "logs_metric.a", Action.REPLACE, id="a", fields=(field("compute.aggregation_type", "a", "b"),)
    )
    assert "# forces replacement" in render(plan(forced))


def test_what_can_never_be_undone_is_said():
    text = render(plan(change("logs_index.main", Action.DELETE, id="main")))
    assert "# This can never be undone: " in text


def test_work_by_hand_names_the_page_and_the_command_that_records_it():
    facet = change("logs_facet.a", Action.MANUAL, desired={"name": "A", "path": "a", "source": "log"})
    text = render(plan(facet))
    assert "# Page: https://app.datadoghq.eu/" in text
    assert "# Then: ddconf ack logs_facet.a" in text


def test_a_moved_object_says_from_where():
    moved = change("monitor.b", Action.NOOP, id="1", moved_from=change("monitor.a", Action.NOOP).address)
    assert "# monitor.b [id=1] has moved from monitor.a and stays as it is" in render(plan(moved))


def test_drift_found_by_a_refresh_is_shown_as_what_somebody_did():
    seen = change("monitor.a", Action.NOOP, id="1", fields=(field("name", "a", "b", Cause.DRIFT),))
    text = render(plan(seen))
    assert "# monitor.a [id=1] was changed outside ddconf" in text
    assert '~ name: "a" -> "b"' in text


def test_of_a_long_new_object_the_first_lines_are_shown_and_where_the_rest_is():
    long = {f"key{number}": number for number in range(100)}
    made = plan(change("dashboard.a", Action.CREATE, desired=long, source=Source("a.yaml", 2, 3)))
    short, full = render(made), render(made, PlanView(full=True))
    assert short.count("+ key") == SHOWN_LINES - 1
    assert f"# ({100 - SHOWN_LINES + 1} more lines, see a.yaml:2:3)" in short
    assert full.count("+ key") == 100


def test_colours_change_no_word():
    made = plan(
        change("monitor.a", Action.CREATE, desired={"name": "a"}), update("monitor.b", field("x", 1, 2))
    )
    assert unstyle(render(made, PlanView(color=True))) == render(made)
    assert render(made, PlanView(color=True)) != render(made)


texts = st.text(max_size=30)
values = st.recursive(st.none() | texts | st.integers(), lambda below: st.lists(below, max_size=3))


@given(id_=texts, reason=texts, key=texts, before=values, after=values)
def test_nothing_in_a_plan_can_act_on_the_terminal(id_, reason, key, before, after):
    made = plan(
        change("monitor.a", Action.UPDATE, id=id_, reason=reason, fields=(field("a", before, after),)),
        change("monitor.b", Action.CREATE, desired={key: after}),
    )
    for line in render(made, PlanView(full=True)).split("\n"):
        assert printable(line) == line
