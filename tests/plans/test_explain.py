"""A difference in a list is told as few edits: added, removed, moved, changed."""

from __future__ import annotations

from ddconf.document import JSON, Document
from ddconf.kind import Kind, find_kind
from ddconf.plans.change import Cause, FieldChange
from ddconf.plans.explain.edits import Edit, EditKind, explain
from tests.plans.kinds import MONITOR, PIPELINE

PLAIN = Kind(name="thing", api=None)


def edits(
    before: JSON, after: JSON, kind: Kind = PIPELINE, names: dict[str, str] | None = None
) -> list[Edit]:
    return explain(kind, FieldChange(("processors",), before, after, Cause.CONFIG), names=names)


def short(found: list[Edit]) -> list[tuple[str, str]]:
    return [(edit.kind.value, edit.label) for edit in found]


def processor(name: str, **more: JSON) -> Document:
    return {"name": name, "type": "grok-parser", "source": "message", **more}


def test_one_processor_put_among_forty_is_one_edit() -> None:
    before = [processor(f"p{n}", rule=n) for n in range(40)]
    after = [*before[:17], processor("new"), *before[17:]]
    assert edits(before, after) == [Edit(("processors", 17), "added", None, processor("new"), "new")]  # type: ignore[arg-type]


def test_a_removed_processor_is_one_edit_at_its_old_place() -> None:
    before = [processor(f"p{n}") for n in range(5)]
    assert edits(before, before[:2] + before[3:]) == [
        Edit(("processors", 2), "removed", before[2], None, "p2")  # type: ignore[arg-type]
    ]


def test_a_change_inside_a_processor_names_the_leaf() -> None:
    before = [processor("a"), processor("b", grok={"rule": "x", "samples": ["1"]})]
    after = [processor("a"), processor("b", grok={"rule": "y", "samples": ["1", "2"]})]
    found = edits(before, after)
    assert [(edit.path, edit.kind, edit.before, edit.after) for edit in found] == [
        (("processors", 1, "grok", "rule"), "changed", "x", "y"),
        (("processors", 1, "grok", "samples", 1), "added", None, "2"),
    ]
    assert found[0].label == "b"


def test_a_moved_processor_is_one_move() -> None:
    before = [processor(name) for name in "abcdef"]
    after = [before[4], *before[:4], before[5]]
    assert short(edits(before, after)) == [("moved", "e moves before a")]
    assert short(edits(before, [*before[1:], before[0]])) == [("moved", "a moves behind f")]


def test_nested_pipelines_are_explained_inside() -> None:
    inner = [processor(name) for name in "xyz"]
    before = [processor("outer", processors=inner)]
    after = [processor("outer", processors=[*inner, processor("w")])]
    (edit,) = edits(before, after)
    assert (edit.path, edit.kind, edit.label) == (("processors", 0, "processors", 3), "added", "outer > w")


def test_an_item_without_identity_is_known_by_its_likeness() -> None:
    def widget(title: str, query: str) -> Document:
        return {"definition": {"title": title, "type": "timeseries", "requests": [{"q": query}], "size": 4}}

    before = [widget("CPU", "a"), widget("Disk", "b")]
    after = [widget("Net", "n"), widget("CPU", "a2"), widget("Disk", "b")]
    found = explain(PLAIN, FieldChange(("widgets",), before, after, Cause.CONFIG))
    assert [(edit.path, edit.kind, edit.label) for edit in found] == [
        (("widgets", 0), "added", "Net"),
        (("widgets", 1, "definition", "requests", 0, "q"), "changed", "CPU"),
    ]


def test_a_text_of_several_lines_is_a_unified_diff() -> None:
    rules = "".join(f"rule{n} %{{word:a{n}}}\n" for n in range(20))
    (edit,) = edits(rules, rules.replace("rule7 ", "rule_seven "))
    assert edit.kind == "text"
    assert edit.lines == (
        "@@ -6,5 +6,5 @@",
        " rule5 %{word:a5}",
        " rule6 %{word:a6}",
        "-rule7 %{word:a7}",
        "+rule_seven %{word:a7}",
        " rule8 %{word:a8}",
        " rule9 %{word:a9}",
    )


def test_a_text_that_differs_in_its_last_line_end_alone_shows_a_line() -> None:
    (edit,) = edits("a\nb\n", "a\nb")
    assert "-" in edit.lines


def test_an_order_of_ids_moves_by_name() -> None:
    names = {"id1": "pipeline.nginx", "id2": "pipeline.apache", "id3": "Datadog Agent"}
    assert short(edits(["id1", "id3", "id2"], ["id2", "id1", "id3"], names=names)) == [
        ("moved", "pipeline.apache moves before pipeline.nginx")
    ]


def test_plain_values_come_go_and_change() -> None:
    assert edits(None, 1) == [Edit(("processors",), "added", None, 1)]  # type: ignore[arg-type]
    assert edits(1, None) == [Edit(("processors",), "removed", 1, None)]  # type: ignore[arg-type]
    assert edits(1, True) == [Edit(("processors",), "changed", 1, True)]  # type: ignore[arg-type]
    assert edits(["a"], {"a": 1}) == [Edit(("processors",), "changed", ["a"], {"a": 1})]  # type: ignore[arg-type]
    assert edits([None, 1], [None, 2]) == [
        Edit(("processors", 1), "removed", 1, None, "1"),  # type: ignore[arg-type]
        Edit(("processors", 1), "added", None, 2, "2"),  # type: ignore[arg-type]
    ]


def test_two_items_of_one_name_are_paired_in_order() -> None:
    before = [processor("a", n=1), processor("a", n=2)]
    after = [processor("a", n=1), processor("a", n=3)]
    assert [(edit.path, edit.before, edit.after) for edit in edits(before, after)] == [
        (("processors", 1, "n"), 2, 3)
    ]


def test_lists_of_thousands_are_explained_all_the_same() -> None:
    before = [{"a": n, "b": -n} for n in range(2000)]
    after = [{"a": n + 5000, "b": n} for n in range(2000)]
    assert len(edits(before, after, PLAIN)) == 4000


def test_a_value_that_goes_back_to_its_default_shows_the_default() -> None:
    change = FieldChange(("priority",), 1, None, Cause.CONFIG)
    (edit,) = explain(MONITOR, change)
    assert (edit.kind, edit.before, edit.after) == (EditKind.CHANGED, 1, 3)


def test_a_changed_query_goes_by_its_widget_and_group() -> None:
    def dashboard(query: str) -> list[dict[str, object]]:
        request = {"queries": [{"name": "query1", "query": query}], "formulas": [{"formula": "query1"}]}
        widget = {"definition": {"type": "timeseries", "title": "Traffic", "requests": [request]}}
        return [{"definition": {"type": "group", "title": "Network", "widgets": [widget]}}]

    change = FieldChange(("widgets",), dashboard("avg:a{*}"), dashboard("avg:b{*}"), Cause.CONFIG)
    (edit,) = explain(find_kind("dashboard"), change)
    assert edit.label == "Network > Traffic"
