"""Rules about bodies: what is complained about, and what passes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.emulator.check import complaints

RULES = {
    "name": "str!",
    "size": "int",
    "rate": "number",
    "kind": "a|b",
    "parts": "list",
    "parts[].id": "str!",
}


def test_a_good_body_has_no_complaints() -> None:
    body = {
        "name": "n",
        "size": 1,
        "rate": 0.5,
        "kind": "a",
        "parts": [{"id": "x"}],
        "new": {"from": "later"},
    }
    assert complaints(body, RULES) == []


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "name"),
        ({"name": None}, "name"),
        ({"name": 3}, "name"),
        ({"name": "n", "size": "1"}, "size"),
        ({"name": "n", "size": True}, "size"),
        ({"name": "n", "rate": "x"}, "rate"),
        ({"name": "n", "kind": "c"}, "kind"),
        ({"name": "n", "parts": {}}, "parts"),
        ({"name": "n", "parts": [{}]}, "parts[].id"),
    ],
)
def test_each_mistake_is_named(body: dict, field: str) -> None:
    (complaint,) = complaints(body, RULES)
    assert f"'{field}'" in complaint


def test_all_mistakes_are_told_at_once() -> None:
    assert len(complaints({"size": "x", "kind": "c", "parts": [{}, {}]}, RULES)) == 5


def test_null_is_as_good_as_absent_where_nothing_is_required() -> None:
    assert complaints({"name": "n", "size": None, "kind": None, "parts": None}, RULES) == []


def test_an_update_may_leave_out_what_a_create_must_have() -> None:
    assert complaints({}, RULES, True) == []
    assert complaints({}, RULES, ("name",)) == []
    assert complaints({"parts": [{}]}, RULES, True) != []


@given(
    st.recursive(st.none() | st.integers() | st.text(), lambda i: st.lists(i) | st.dictionaries(st.text(), i))
)
def test_any_body_can_be_checked(body: object) -> None:
    assert isinstance(complaints(body, RULES), list)


def test_a_text_must_match_its_form() -> None:
    rules = {"id": "~[a-z]+"}
    assert complaints({"id": "web"}, rules) == []
    assert complaints({"id": 5}, rules) == []
    assert complaints({"id": "0web"}, rules) != []
