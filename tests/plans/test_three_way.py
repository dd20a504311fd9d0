"""Three documents, the definition, the state and what is live, make one difference with its cause."""

from __future__ import annotations

import pytest

from ddconf.document import JSON, Document
from ddconf.kind import Kind
from ddconf.plans.change import Cause, FieldChange
from ddconf.plans.rules import compile_rules
from ddconf.plans.three_way import field_changes, same, surely_same


def changes(
    desired: Document, live: Document, applied: Document | None = None, observed: Document | None = None
) -> list[tuple[JSON, ...]]:
    found = field_changes(desired, live, applied, applied if observed is None else observed)
    return [(change.path, change.before, change.after, change.cause) for change in found]


def test_a_changed_value_in_the_definition_is_a_config_change() -> None:
    assert changes({"a": 2}, {"a": 1}, {"a": 1}) == [(("a",), 1, 2, Cause.CONFIG)]


def test_a_value_changed_by_another_hand_is_drift() -> None:
    assert changes({"a": 1}, {"a": 9}, {"a": 1}) == [(("a",), 9, 1, Cause.DRIFT)]


def test_a_value_changed_by_both_has_both_causes() -> None:
    assert changes({"a": 2}, {"a": 9}, {"a": 1}) == [(("a",), 9, 2, Cause.BOTH)]


def test_a_value_that_both_changed_alike_is_no_change() -> None:
    assert changes({"a": 2}, {"a": 2}, {"a": 1}) == []


def test_a_removed_key_is_a_config_change() -> None:
    assert changes({}, {"a": 1}, {"a": 1}) == [(("a",), 1, None, Cause.CONFIG)]


def test_a_key_that_another_hand_added_is_drift() -> None:
    assert changes({}, {"a": 1}, {}) == [(("a",), 1, None, Cause.DRIFT)]


def test_a_value_that_the_server_rewrites_is_learnt() -> None:
    assert changes({"a": "x "}, {"a": "x"}, {"a": "x "}, {"a": "x"}) == []


def test_a_default_that_the_server_fills_in_is_learnt() -> None:
    assert changes({}, {"a": "filled"}, {}, {"a": "filled"}) == []


def test_a_value_that_the_server_never_returns_is_learnt_until_it_changes() -> None:
    assert changes({"a": "s1"}, {}, {"a": "s1"}, {}) == []
    assert changes({"a": "s2"}, {}, {"a": "s1"}, {}) == [(("a",), None, "s2", Cause.CONFIG)]


def test_without_an_entry_every_difference_counts() -> None:
    assert changes({"a": 1, "b": 1}, {"b": 2, "c": 3}) == [
        (("a",), None, 1, Cause.BOTH),
        (("b",), 2, 1, Cause.BOTH),
        (("c",), 3, None, Cause.BOTH),
    ]


def test_an_entry_with_nothing_in_it_is_an_entry() -> None:
    assert changes({}, {"a": 1}, {}, {"a": 1}) == []


def test_only_leaves_change() -> None:
    live = {"options": {"a": 1, "b": {"c": 2, "d": 3}}}
    desired = {"options": {"a": 1, "b": {"c": 5, "d": 3}}}
    assert changes(desired, live, live) == [(("options", "b", "c"), 2, 5, Cause.CONFIG)]


def test_a_removed_mapping_is_one_change_per_leaf() -> None:
    live = {"options": {"a": 1, "b": {"c": 2}}}
    assert changes({}, live, live) == [
        (("options", "a"), 1, None, Cause.CONFIG),
        (("options", "b", "c"), 2, None, Cause.CONFIG),
    ]


def test_a_list_is_one_leaf() -> None:
    live = {"processors": [{"name": "a"}, {"name": "b"}]}
    assert changes({"processors": [{"name": "b"}]}, live, live) == [
        (("processors",), live["processors"], [{"name": "b"}], Cause.CONFIG)
    ]


def test_a_mapping_in_place_of_a_value_takes_the_value_away_first() -> None:
    assert changes({"a": {"b": 1}}, {"a": "text"}) == [
        (("a",), "text", None, Cause.BOTH),
        (("a", "b"), None, 1, Cause.BOTH),
    ]
    assert changes({"a": [1]}, {"a": {"b": 2}}) == [
        (("a",), None, [1], Cause.BOTH),
        (("a", "b"), 2, None, Cause.BOTH),
    ]


def test_one_is_not_true() -> None:
    assert changes({"a": True, "b": [0]}, {"a": 1, "b": [False]}) == [
        (("a",), 1, True, Cause.BOTH),
        (("b",), [False], [0], Cause.BOTH),
    ]


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [
        (1, 1.0, True),
        (1, True, False),
        (0, False, False),
        (True, True, True),
        (None, None, True),
        ({"a": [1, {"b": 0}]}, {"a": [1.0, {"b": 0}]}, True),
        ({"a": [1, {"b": 0}]}, {"a": [1, {"b": False}]}, False),
        ([True], [1], False),
        ([[1]], [[True]], False),
        ("1", 1, False),
        ([], {}, False),
    ],
)
def test_values_are_the_same_as_json_is(left: JSON, right: JSON, equal: bool) -> None:
    assert same(left, right) is equal
    assert same(right, left) is equal


KIND = Kind(
    name="thing",
    api=None,
    read_only=("created", "widgets[*].id"),
    defaults={"options.notify": False, "description": ""},
    unordered=("tags",),
)


@pytest.mark.parametrize(
    ("desired", "live", "sure"),
    [
        ({"a": 1}, {"a": 1, "id": "x", "created": "now"}, True),
        ({"a": 1}, {"a": 1, "b": None, "c": [], "d": {}}, True),
        ({"a": 1}, {"a": 1, "options": {}}, True),
        ({"options": {"x": 1}}, {"options": {"x": 1, "notify": False}}, True),
        ({"description": ""}, {}, True),
        ({"widgets": [{"t": 1}]}, {"widgets": [{"t": 1, "id": 5}]}, True),
        ({"widgets": [{"t": 1}]}, {"widgets": [{"t": 2, "id": 5}]}, False),
        ({"widgets": [{"t": 1}]}, {"widgets": [{"t": True}]}, False),
        ({"options": {"x": 1}}, {"options": {"x": 1, "notify": 0}}, False),
        ({"options": 1}, {"options": {"x": 1}}, False),
        ({"a": 1}, {}, False),
        ({}, {"a": 1}, False),
    ],
)
def test_the_quick_comparison_needs_no_normalizing(desired: Document, live: Document, sure: bool) -> None:
    assert surely_same(desired, live, compile_rules(KIND)) is sure


def test_a_field_change_is_a_value() -> None:
    assert field_changes({"a": 1}, {}, None, None) == (FieldChange(("a",), None, 1, Cause.BOTH),)
