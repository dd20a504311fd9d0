"""Equal edits are shown once, and what a person must make is one list."""

from __future__ import annotations

import re

from ddconf.plans.change import Action, Cause
from ddconf.render.text import render
from ddconf.render.view import PlanView
from tests.render.build import change, field, plan, update


def test_the_same_change_in_many_objects_is_shown_once_with_all_names():
    edit = field("options.renotify_interval", 0, 60)
    many = [update(f"monitor.m{number}", edit, before={"query": "x" * number}) for number in range(120)]
    text = render(plan(*many))
    assert text.count("renotify_interval") == 1
    assert "# 120 monitor will be updated in-place (the definition changed): the same change in each" in text
    assert all(re.search(rf"monitor\.m{number}\b", text) for number in range(120))
    assert "unchanged" not in text


def test_changes_that_differ_in_value_cause_or_kind_are_not_grouped():
    different = [
        update("monitor.a", field("name", "a", "b")),
        update("monitor.b", field("name", "a", "c")),
        update("monitor.c", field("name", "a", "b", Cause.DRIFT)),
        update("dashboard.d", field("name", "a", "b")),
    ]
    text = render(plan(*different))
    assert "the same change" not in text
    assert text.count("~ name:") == 4


def test_a_plan_shown_in_full_groups_no_edits():
    many = [update(f"monitor.m{number}", field("name", "a", "b")) for number in range(5)]
    assert render(plan(*many), PlanView(full=True)).count("~ name:") == 5


def test_facets_to_make_by_hand_are_one_list_with_one_link():
    facets = [
        change(f"logs_facet.f{at}", Action.MANUAL, desired={"name": f"F{at}", "path": f"f.{at}"})
        for at in range(3)
    ]
    text = render(plan(*facets))
    assert text.count("https://app.datadoghq.eu/logs") == 1
    assert "# 3 logs_facet must be created manually" in text
    assert "+ F1: path f.1\n" in text
    assert "ddconf ack logs_facet.f0 logs_facet.f1 logs_facet.f2" in text


def test_a_plan_begins_with_a_table_by_kind_and_action():
    text = render(plan(change("monitor.a", Action.CREATE), change("dashboard.b", Action.DELETE)))
    assert text.splitlines()[2:5] == [
        "             create  destroy",
        "  dashboard                1",
        "  monitor         1",
    ]


def test_what_is_destroyed_is_shown():
    text = render(plan(change("monitor.a", Action.DELETE, id="1", before={"name": "CPU"})))
    assert "      - name: CPU\n" in text
