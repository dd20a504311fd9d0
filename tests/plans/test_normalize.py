"""The form in which documents are compared."""

from __future__ import annotations

import pytest

from ddconf.document import Document, copy
from ddconf.kind import Kind, rest
from ddconf.plans.normalize import is_digest, normalize

KIND = Kind(
    name="thing",
    api=rest("/api"),
    read_only=("created", "widgets[*].id", "creator.email"),
    defaults={"options.notify": False, "description": "", "widgets[*].size": 1, "limits": [1, 2]},
    unordered=("tags", "groups[*].members"),
    secrets=("auth.password", "keys[*].value"),
)


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ({"name": "a", "created": "today"}, {"name": "a"}),
        ({"id": "abc", "name": "a"}, {"name": "a"}),
        ({"creator": {"email": "a@b", "name": "A"}}, {"creator": {"name": "A"}}),
        ({"creator": {"email": "a@b"}}, {}),
        ({"a": None, "b": [], "c": {}, "d": {"e": {"f": None}}}, {}),
        ({"options": {"notify": False, "x": 1}}, {"options": {"x": 1}}),
        ({"options": {"notify": 0}}, {"options": {"notify": 0}}),
        ({"description": ""}, {}),
        ({"limits": [1.0, 2]}, {}),
        ({"name": ""}, {"name": ""}),
        ({"tags": ["b", "a"]}, {"tags": ["a", "b"]}),
        ({"order": ["b", "a"]}, {"order": ["b", "a"]}),
        ({"groups": [{"members": [3, 1]}]}, {"groups": [{"members": [1, 3]}]}),
        ({"a": 1.0, "b": [70.0, 0.5]}, {"a": 1, "b": [70, 0.5]}),
        ({"a": -0.0}, {"a": 0}),
        ({"widgets": [{"id": 7, "type": "x", "size": 1}]}, {"widgets": [{"type": "x"}]}),
        ({"list": [None, {}, []]}, {"list": [None, {}, []]}),
        ({"flag": True, "zero": 0, "off": False}, {"flag": True, "zero": 0, "off": False}),
        ({"message": "  spaces stay \n"}, {"message": "  spaces stay \n"}),
    ],
)
def test_a_document_is_brought_to_the_form_in_which_it_is_compared(
    document: Document, expected: Document
) -> None:
    before = copy(document)
    normalized = normalize(KIND, document)
    assert normalized == expected
    assert repr(normalized) == repr(expected)
    assert document == before


def test_ignored_paths_are_dropped_also_inside_lists_and_by_index() -> None:
    document = {"a": {"b": 1, "c": 2}, "items": [{"x": 1, "y": 2}, {"x": 3}], "three": [1, 2, 3]}
    normalized = normalize(KIND, document, ignore=("a.b", "items[*].x", "three[1]"))
    assert normalized == {"a": {"c": 2}, "items": [{"y": 2}, {}], "three": [1, 3]}


def test_a_star_also_means_the_keys_that_another_pattern_names() -> None:
    kind = Kind(name="thing", api=None, read_only=("a.special.time", "a.*.id"), defaults={"a.late.x": 1})
    document = {
        "a": {"special": {"id": 1, "time": 2, "x": 1}, "late": {"id": 3, "x": 1}, "other": {"id": 4, "y": 5}}
    }
    assert normalize(kind, document) == {"a": {"special": {"x": 1}, "other": {"y": 5}}}


def test_a_secret_becomes_a_digest_that_depends_on_the_key() -> None:
    document = {"auth": {"password": "hunter2", "user": "me"}, "keys": [{"value": "k"}]}
    one, other = (normalize(KIND, document, key=key) for key in (b"one", b"other"))
    assert "hunter2" not in repr(one)
    assert is_digest(one["auth"]["password"])
    assert is_digest(one["keys"][0]["value"])
    assert one["auth"]["user"] == "me"
    assert one != other
    assert one == normalize(KIND, document, key=b"one")
    assert normalize(KIND, one, key=b"one") == one


def test_a_secret_of_one_item_hides_that_field_in_all_items() -> None:
    document = {"headers": [{"name": "a", "value": "public"}, {"name": "b", "value": "hunter2"}]}
    normalized = normalize(KIND, document, secret_paths=(("headers", 1, "value"),))
    assert [is_digest(item["value"]) for item in normalized["headers"]] == [True, True]
    assert [item["name"] for item in normalized["headers"]] == ["a", "b"]


def test_an_absent_secret_stays_absent() -> None:
    assert normalize(KIND, {"auth": {"password": None}, "name": "a"}) == {"name": "a"}


def test_tidy_comes_first_and_its_result_is_normalized() -> None:
    def canonicalize(document: Document) -> Document:
        return {**document, "type": "query alert", "x": 1.0}

    kind = Kind(name="thing", api=None, canonicalize=canonicalize)
    assert normalize(kind, {"type": "metric alert"}) == {"type": "query alert", "x": 1}


def test_the_id_is_compared_only_where_it_is_the_natural_key() -> None:
    by_name = Kind(name="thing", api=None, id="name", key=("name",))
    assert normalize(by_name, {"name": "a"}) == {"name": "a"}
    assert normalize(Kind(name="thing", api=None, id="public_id"), {"public_id": "a", "x": 1}) == {"x": 1}
