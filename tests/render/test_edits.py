"""Edits inside a list or a text; what the edits are is tested with plans/explain/edits.py."""

from __future__ import annotations

from ddconf.document import copy
from ddconf.kind import find_kind
from ddconf.plans.change import FieldChange
from ddconf.render.edits import edit_lines, has_edits
from tests.render.build import field

PROCESSORS = [
    {"type": "status-remapper", "name": f"Remap {number}", "sources": ["s"]} for number in range(40)
]

LONG = {"name": "n", "template": "x" * 500}


def shown(kind: str, change: FieldChange, names: dict[str, str] | None = None) -> list[str]:
    return [f"{line.symbol} {line.text}".strip() for line in edit_lines(find_kind(kind), change, names or {})]


def test_one_processor_inserted_among_forty_is_shown_whole_and_alone():
    more = copy(PROCESSORS)
    more.insert(3, {"type": "date-remapper", "name": "Official date", "sources": ["date"]})
    assert shown("logs_custom_pipeline", field("processors", PROCESSORS, more)) == [
        "+ [3] (Official date):",
        "+   type: date-remapper",
        "+   name: Official date",
        "+   sources:",
        "+     - date",
    ]


def test_no_value_of_an_item_is_cut():
    for before, after in ([], [LONG]), ([LONG], []):
        lines = shown("logs_custom_pipeline", field("processors", before, after))
        assert any(LONG["template"] in line for line in lines)


def test_a_long_item_is_folded_unless_all_is_asked_for():
    item = {"name": "n", "queries": [f"q{number}" for number in range(60)]}
    change = field("processors", [], [item])
    assert shown("logs_custom_pipeline", change)[-1] == "# (40 more lines)"
    whole = list(edit_lines(find_kind("logs_custom_pipeline"), change, {}, full=True))
    assert [line.text.strip() for line in whole][-1] == "- q59"


def test_the_words_that_differ_in_a_long_text_are_told():
    words = [f"host:h{number}" for number in range(40)]
    before, after = ([{"name": "n", "filter": " ".join(w)}] for w in (words, [*words[:20], "x", *words[21:]]))
    lines = shown("logs_custom_pipeline", field("processors", before, after))
    assert lines[-1] == '# changed: "host:h20" -> "x"'


def test_an_order_is_shown_as_names_and_moves():
    names = {"a": "logs_custom_pipeline.nginx", "b": "Redis", "c": "logs_custom_pipeline.haproxy"}
    change = field("pipeline_ids", ["a", "b", "c"], ["c", "a"])
    assert shown("logs_pipeline_order", change, names) == [
        "- Redis (id b)",
        "~ logs_custom_pipeline.haproxy moves before logs_custom_pipeline.nginx",
    ]


def test_a_grok_rule_is_shown_as_a_text_difference():
    before = [{"type": "grok-parser", "name": "Parse", "grok": {"match_rules": "a %{data:x}\nb %{data:y}\n"}}]
    after = copy(before)
    after[0]["grok"]["match_rules"] = "a %{data:x}\nb %{word:y}\n"
    assert shown("logs_custom_pipeline", field("processors", before, after)) == [
        "~ [0].grok.match_rules (Parse):",
        "a %{data:x}",
        "- b %{data:y}",
        "+ b %{word:y}",
    ]


def test_what_a_text_difference_leaves_out_is_marked():
    before = "".join(f"line {number}\n" for number in range(40))
    after = before.replace("line 3\n", "line three\n").replace("line 30\n", "line thirty\n")
    assert shown("monitor", field("message", before, after)).count("…") == 1


def test_tags_that_come_and_go_are_shown_alone():
    assert shown("monitor", field("tags", ["a", "b"], ["a", "c"])) == ['- "b"', '+ "c"']


def test_a_secret_inside_a_list_stays_hidden():
    digests = ["secret:" + digit * 32 for digit in "12"]
    before, after = ([{"name": "a", "password": digest}] for digest in digests)
    assert shown("monitor", field("auth", before, after)) == ["~ [0].password (a): (sensitive value)"]


def test_only_lists_and_long_texts_are_shown_by_their_edits():
    assert has_edits(field("a", [1], [2]))
    assert has_edits(field("a", "one", "one\ntwo"))
    assert not has_edits(field("a", "one", "two"))
    assert not has_edits(field("a", [1], 2))
