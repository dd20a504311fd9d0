"""A plan in the shape of Terraform's JSON."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ddconf.address import Address
from ddconf.plans.change import Action, Cause, Change
from ddconf.render.terraform import render
from tests.render.build import change, field, plan, update

DIGEST = "secret:" + "0" * 32


def told(*changes: Change) -> dict[str, Any]:
    shown: dict[str, Any] = json.loads(render(plan(*changes)))
    return shown


def only(one: Change) -> dict[str, Any]:
    (found,) = told(one)["resource_changes"]
    assert isinstance(found, dict)
    return found


def test_a_new_object_is_known_but_for_what_refers_to_others() -> None:
    desired = {
        "name": "Checkout",
        "monitor_ids": ["${monitor.cpu}", 7],
        "description": "costs $${x}",
        "options": {"token": "Bearer ${secret.TOKEN}"},
    }
    found = only(change("service_level_objective.checkout", Action.CREATE, desired=desired))
    assert (found["address"], found["type"], found["name"]) == (
        "service_level_objective.checkout",
        "datadog_service_level_objective",
        "checkout",
    )
    assert found["change"] == {
        "actions": ["create"],
        "before": None,
        "after": {
            "name": "Checkout",
            "monitor_ids": [None, 7],
            "description": "costs ${x}",
            "options": {"token": None},
        },
        "after_unknown": {"monitor_ids": [True, False]},
        "before_sensitive": False,
        "after_sensitive": {"options": {"token": True}},
    }


def test_an_update_shows_the_whole_object_before_and_after() -> None:
    one = update(
        "monitor.cpu",
        field("options.thresholds.critical", 90, 95),
        field("message", "old", None),
        before={"message": "old", "options": {"thresholds": {"critical": 90}}},
        desired={"options": {"thresholds": {"critical": 95}}},
    )
    found = only(one)["change"]
    assert found["actions"] == ["update"]
    assert found["before"] == {"message": "old", "options": {"thresholds": {"critical": 90}}}
    assert found["after"] == {"options": {"thresholds": {"critical": 95}}}


@pytest.mark.parametrize(
    ("action", "more", "actions"),
    [
        (Action.REPLACE, {"before": {"a": 1}, "desired": {"a": 2}}, ["create", "delete"]),
        (Action.DELETE, {"before": {"a": 1}}, ["delete"]),
        (Action.FORGET, {"before": {"a": 1}}, ["forget"]),
        (Action.ADOPT, {"before": {"a": 1}, "desired": {"a": 1}}, ["no-op"]),
        (Action.MANUAL, {"desired": {"a": 1}}, ["create"]),
        (Action.NOOP, {"before": {"a": 1}, "desired": {"a": 1}}, ["no-op"]),
    ],
)
def test_actions_are_told_in_terraforms_words(action: Action, more: Any, actions: list[str]) -> None:
    found = only(change("monitor.a", action, id="1", **more))
    assert found["change"]["actions"] == actions
    assert ("importing" in found["change"]) == (action is Action.ADOPT)
    if action in (Action.DELETE, Action.FORGET):
        assert found["change"]["after"] is None


def test_what_cannot_be_there_twice_is_deleted_first() -> None:
    found = only(change("logs_metric.a", Action.REPLACE, id="1", before={"a": 1}, desired={"a": 2}))
    assert found["change"]["actions"] == ["delete", "create"]


def test_a_replacement_says_which_fields_force_it() -> None:
    one = change(
        "logs_index.main", Action.REPLACE, fields=(field("name", "a", "b"),), before={"name": "a"}, desired={}
    )
    assert only(one)["change"]["replace_paths"] == [["name"]]


def test_a_moved_one_has_its_previous_address_and_an_each_key_is_an_index() -> None:
    one = change("monitor.b[x]", Action.NOOP, moved_from=Address.parse("monitor.a"), before={}, desired={})
    found = only(one)
    assert (found["previous_address"], found["name"], found["index"]) == ("monitor.a", "b", "x")


def test_what_was_changed_outside_is_drift() -> None:
    one = change(
        "monitor.a",
        Action.NOOP,
        fields=(field("name", "a", "b", Cause.DRIFT),),
        before={"name": "a"},
        desired={"name": "a"},
    )
    shown = told(one)
    assert shown["resource_changes"] == []
    assert shown["resource_drift"][0]["change"]["actions"] == ["update"]


def test_a_digest_is_never_shown() -> None:
    one = update(
        "webhook.w",
        field("custom_headers", DIGEST, "secret:" + "1" * 32),
        before={"custom_headers": DIGEST, "name": "w"},
        desired={"custom_headers": "${secret.H}", "name": "w"},
    )
    text = render(plan(one))
    assert "secret:" not in text
    found = only(one)["change"]
    assert found["before_sensitive"] == found["after_sensitive"] == {"custom_headers": True}


def test_nothing_to_do_is_not_applyable() -> None:
    shown = told()
    assert (shown["format_version"], shown["applyable"], shown["resource_changes"]) == ("1.2", False, [])
