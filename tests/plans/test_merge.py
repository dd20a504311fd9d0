"""What an update sends: the live document with the changes made to it."""

from __future__ import annotations

from dataclasses import replace

from ddconf.document import Document, copy
from ddconf.kind import Kind, rest
from ddconf.plans.change import FieldChange
from ddconf.plans.comparison import NormalizationContext, as_recorded, compare
from ddconf.plans.merge import body_for_update
from ddconf.plans.shared_lists import place
from tests.plans.kinds import ORDER, ROLE

KIND = Kind(
    name="dashboard",
    api=rest("/api"),
    read_only=("created", "widgets[*].id", "widgets[*].definition.widgets[*].id"),
    immutable=("type",),
    defaults={"flag": False},
    unordered=("tags",),
    secrets=("auth.password", "headers[*].value"),
)
MERGES = replace(KIND, api=rest("/api", merges=True))


def body(
    desired: Document,
    live: Document,
    kind: Kind = KIND,
    applied: Document | None = None,
    ignore: tuple[str, ...] = (),
) -> Document:
    """What is sent when `live` is to become `desired`."""
    before = (
        copy((desired, live)) if isinstance((desired, live), dict | list) else (copy(desired), copy(live))
    )
    fields = _fields(kind, desired, live, ignore)
    sent = body_for_update(kind, live, fields, desired, ignore=ignore)
    assert (desired, live) == before
    return sent


def _fields(
    kind: Kind, desired: Document, live: Document, ignore: tuple[str, ...] = ()
) -> tuple[FieldChange, ...]:
    return compare(NormalizationContext(kind, ignore), desired, live, None)[1]


def test_the_body_is_the_live_document_with_the_changes_made_to_it() -> None:
    live = {"id": "x", "created": "now", "title": "a", "filled": {"by": "server"}, "type": "t"}
    fields = (FieldChange(("title",), "a", "b", None),)  # type: ignore[arg-type]
    assert body_for_update(KIND, live, fields, {"title": "b", "type": "t"}) == {
        "title": "b",
        "filled": {"by": "server"},
    }


def test_values_are_sent_as_written_not_as_compared() -> None:
    sent = body({"tags": ["b", "a"], "n": 1.0, "list": [None, {}]}, {"tags": ["c"], "n": 2})
    assert sent == {"tags": ["b", "a"], "n": 1.0, "list": [None, {}]}


def test_a_value_that_equals_the_default_is_sent_where_the_live_one_differs() -> None:
    assert body({"title": "t", "flag": False}, {"title": "t", "flag": True}) == {"title": "t", "flag": False}
    assert body({"title": "t"}, {"title": "t", "flag": True}) == {"title": "t", "flag": False}


def test_a_removed_field_is_left_out_with_what_it_leaves_empty() -> None:
    live = {"title": "t", "note": "n", "options": {"a": 1, "b": {"c": 2}}}
    assert body({"title": "t"}, live) == {"title": "t"}
    assert body({"title": "t", "options": {"a": 1}}, live) == {"title": "t", "options": {"a": 1}}


def test_where_an_update_merges_a_removed_top_level_field_is_sent_as_null() -> None:
    live = {"title": "t", "note": "n", "options": {"a": 1, "b": {"c": 2}}}
    assert body({"title": "t"}, live, MERGES) == {"title": "t", "note": None, "options": None}
    assert body({"title": "t", "note": "n", "options": {"a": 1}}, live, MERGES) == {
        "title": "t",
        "note": "n",
        "options": {"a": 1},
    }


def test_ignored_fields_survive_and_new_items_begin_with_ours() -> None:
    live = {"title": "a", "silenced": {"x": 1}, "rows": [{"k": 1, "note": "theirs"}, {"k": 2, "note": "too"}]}
    desired = {"title": "b", "silenced": {}, "rows": [{"k": 2, "note": "ours"}, {"k": 3, "note": "new"}]}
    sent = body(desired, live, ignore=("silenced", "rows[*].note"))
    assert sent == {
        "title": "b",
        "silenced": {"x": 1},
        "rows": [{"k": 2, "note": "too"}, {"k": 3, "note": "new"}],
    }


def test_a_mapping_in_place_of_a_value_is_sent_whole() -> None:
    assert body({"a": {"b": 1}}, {"a": "text"}) == {"a": {"b": 1}}
    assert body({"a": "text"}, {"a": {"b": 1}}) == {"a": "text"}


def test_secrets_are_always_sent() -> None:
    desired = {
        "title": "b",
        "auth": {"user": "u", "password": "p"},
        "headers": [{"name": "h", "value": "v"}],
        "token": "t",
    }
    live = {"title": "a", "auth": {"user": "u"}, "headers": [{"name": "h"}]}
    fields = (FieldChange(("title",), "a", "b", None),)  # type: ignore[arg-type]
    assert body_for_update(KIND, live, fields, desired, secret_paths=(("token",),)) == desired


def test_widgets_keep_their_ids_when_one_is_put_between() -> None:
    def widget(title: str, **more: object) -> Document:
        return {"definition": {"type": "timeseries", "title": title, "query": f"avg:{title}"}, **more}

    live = {
        "title": "a",
        "widgets": [
            widget("cpu", id=1),
            widget("disk", id=2),
            {"id": 3, "definition": {"type": "group", "widgets": [widget("net", id=4)]}},
        ],
    }
    desired = {
        "title": "a",
        "widgets": [
            widget("new"),
            widget("disk"),
            {"definition": {"type": "group", "widgets": [widget("more"), widget("net")]}},
            widget("cpu"),
        ],
    }
    sent = body(desired, live)["widgets"]
    assert [item.get("id") for item in sent] == [None, 2, 3, 1]
    assert [item.get("id") for item in sent[2]["definition"]["widgets"]] == [None, 4]


def test_a_change_of_the_title_alone_keeps_the_widgets_ids() -> None:
    live = {"title": "a", "widgets": [{"id": 1, "definition": {}}]}
    desired = {"title": "b", "widgets": [{"definition": {}}]}
    assert body(desired, live) == {"title": "b", "widgets": live["widgets"]}


def test_an_order_is_sent_in_full_with_theirs_in_their_places() -> None:
    assert body({"ids": ["b", "a"]}, {"ids": ["x", "a", "y", "b", "z"]}, ORDER) == {
        "ids": ["x", "b", "y", "a", "z"]
    }


def test_an_order_with_an_item_that_came_in_between_is_sent_with_it() -> None:
    desired = {"ids": ["b", "a"]}
    planned = _fields(ORDER, desired, {"ids": ["a", "b"]})
    assert body_for_update(ORDER, {"ids": ["new", "a", "b"]}, planned, desired) == {"ids": ["new", "b", "a"]}


def test_what_we_no_longer_want_is_taken_out_of_a_set_but_not_out_of_an_order() -> None:
    change = FieldChange(("permissions",), ["a", "b"], ["a"], None)  # type: ignore[arg-type]
    live = {"permissions": ["b", "theirs", "a"]}
    assert body_for_update(ROLE, live, (change,), {"permissions": ["a"]}) == {"permissions": ["theirs", "a"]}
    change = FieldChange(("ids",), ["a", "b"], ["a"], None)  # type: ignore[arg-type]
    assert body_for_update(ORDER, {"ids": ["b", "x", "a"]}, (change,), {"ids": ["a"]}) == {
        "ids": ["b", "x", "a"]
    }


def test_an_entry_keeps_of_a_partial_list_what_is_ours() -> None:
    applied, observed = as_recorded(
        NormalizationContext(ORDER), {"ids": ["b", "a"]}, {"ids": ["x", "b", "y", "a"]}
    )
    assert (applied, observed) == ({"ids": ["b", "a"]}, {"ids": ["b", "a"]})


def test_items_go_to_the_places_of_ours() -> None:
    assert place(["x", "a", "y", "b"], ["b", "a"]) == ["x", "b", "y", "a"]
    assert place([], ["a", "b"]) == ["a", "b"]
    assert place(["x", "y"], ["a"]) == ["x", "y", "a"]
    assert place(["x", "a", "y"], ["a", "b"]) == ["x", "a", "b", "y"]
    assert place(["x", "b", "y"], ["a", "b"]) == ["x", "a", "b", "y"]
    assert place(["x", "a"], []) == ["x", "a"]
