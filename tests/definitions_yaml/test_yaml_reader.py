"""YAML text to values: JSON types only, positions of everything, every mistake with its place."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ddconf.definitions.yaml import reader
from ddconf.document import get
from ddconf.errors import DdconfError

from .documents import pieces, values


def value_of(text: str, file: str = "a.yaml") -> Any:
    ((value, _),) = reader.load(text, file)
    return value


def mistakes(text: str, file: str = "a.yaml") -> list[tuple[int, int, str]]:
    with pytest.raises(DdconfError) as raised:
        reader.load(text, file)
    return [
        (item.source.line, item.source.column, item.message)
        for item in raised.value.diagnostics
        if item.source
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"), ("yes", "yes"), ("No", "No"), ("y", "y"),
        ("true", True), ("False", False), ("TRUE", True), ("tRUE", "tRUE"),
        ("null", None), ("~", None), ("", None), ("nUll", "nUll"),
        ("010", 10), ("-07", -7), ("+3", 3), ("0o10", 8), ("0x1F", 31), ("0b11", "0b11"), ("1_000", "1_000"),
        ("12:30:45", "12:30:45"), ("2024-01-01", "2024-01-01"), ("1.2.3", "1.2.3"), ("-", None),
        ("1.1E7", 1.1e7), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("-1.5e-3", -0.0015), ("+.5", 0.5),
        ("e3", "e3"), (".", "."), ("1e", "1e"), ("'1'", "1"), ('"true"', "true"), ("'null'", "null"),
        ("=", "="), ("!!str 12", "12"), ("! 12", "12"), ("!!int '12'", 12), ("!!float 1", 1.0),
        ("!!null ''", None), ("!!bool 'true'", True),
    ],
)  # fmt: skip
def test_plain_text_means_what_yaml_1_2_says(text: str, value: object) -> None:
    read = value_of(f"a: {text}") if text != "-" else value_of("a:\n  -")
    assert json.dumps(read) == json.dumps({"a": [None] if text == "-" else value})


def test_keys_are_always_text() -> None:
    assert value_of("1: a\ntrue: b\nnull: c\non: d\n") == {"1": "a", "true": "b", "null": "c", "on": "d"}


def test_anchors_and_merge_keys_work_as_in_yaml() -> None:
    text = "a: &a {x: 1, y: [2]}\nb: *a\nc:\n  <<: *a\n  x: 3\nd: {<<: [*a, {z: 4}], y: 5}\ne: {'<<': 6}\n"
    assert value_of(text) == {
        "a": {"x": 1, "y": [2]},
        "b": {"x": 1, "y": [2]},
        "c": {"x": 3, "y": [2]},
        "d": {"y": 5, "x": 1, "z": 4},
        "e": {"<<": 6},
    }


def test_what_aliases_bring_is_copied_not_shared() -> None:
    value = value_of("a: &a {x: [1]}\nb: *a\nc: {<<: *a}\n")
    value["b"]["x"].append(2)
    assert value["a"] == value["c"] == {"x": [1]}


def test_an_alias_can_be_a_key() -> None:
    assert value_of("a: &a text\n*a : 1\n") == {"a": "text", "text": 1}


def test_several_documents_come_one_by_one_and_know_only_their_own_anchors() -> None:
    assert [value for value, _ in reader.load("a: 1\n---\n---\nb: 2\n", "a.yaml")] == [
        {"a": 1},
        None,
        {"b": 2},
    ]
    assert mistakes("a: &a 1\n---\nb: *a\n") == [(3, 4, "the alias '*a' has no anchor")]


def test_an_empty_text_has_no_document() -> None:
    assert reader.load("", "a.yaml") == reader.load("# nothing\n", "a.yaml") == []


def test_every_key_and_item_has_its_position() -> None:
    ((_, positions),) = reader.load("a:\n  - b: 1\n    c: [x, {d: 2}]\ne: |\n  text\n", "a.yaml")
    assert {path: (place.line, place.column) for path, place in positions.items()} == {
        (): (1, 1), ("a",): (1, 1), ("a", 0): (2, 5), ("a", 0, "b"): (2, 5), ("a", 0, "c"): (3, 5),
        ("a", 0, "c", 0): (3, 9), ("a", 0, "c", 1): (3, 12), ("a", 0, "c", 1, "d"): (3, 13), ("e",): (4, 1),
    }  # fmt: skip
    assert positions[("e",)].file == "a.yaml"


def test_what_an_alias_brings_stands_where_it_was_written() -> None:
    ((_, positions),) = reader.load("a: &a\n  x: [1]\nb: *a\nc:\n  y: 1\n  <<: *a\nd: 1\n", "a.yaml")
    lines = {path: place.line for path, place in positions.items()}
    assert (lines["b",], lines["b", "x"], lines["b", "x", 0]) == (3, 2, 2)
    assert (lines["c", "y"], lines["c", "x", 0], lines["d",]) == (5, 2, 7)


def test_all_mistakes_of_a_text_are_reported_at_once() -> None:
    text = "a: 1\nb: !!binary x\na: 2\nc: *z\nd: .inf\ne: !own {f: 1}\n? [g]\n: 1\nh: !!int x\n"
    assert mistakes(text) == [
        (2, 4, "the tag '!!binary' is not allowed"),
        (3, 1, "the key 'a' stands twice"),
        (4, 4, "the alias '*z' has no anchor"),
        (5, 4, ".inf is not a JSON number"),
        (6, 4, "the tag '!own' is not allowed"),
        (7, 3, "a key must be text"),
        (9, 4, "'x' does not fit the tag '!!int'"),
    ]


def test_a_duplicate_key_names_the_first_one_and_its_value_is_passed_over() -> None:
    with pytest.raises(DdconfError) as raised:
        reader.load("a: {x: [1, {y: 2}]}\nb: 1\nb:\n  - {c: &q 1}\nd: *q\n", "a.yaml")
    (diagnostic,) = raised.value.diagnostics
    assert (diagnostic.message, diagnostic.length) == ("the key 'b' stands twice", 1)
    assert "a.yaml:2:1" in diagnostic.hint


@pytest.mark.parametrize("text", ["a: &a [*a]", "a: &a {b: *a}", "a: &a {<<: *a}"])
def test_an_anchor_that_holds_itself_is_refused(text: str) -> None:
    assert mistakes(text)[0][2] == "the anchor '&a' holds itself"


def test_an_alias_bomb_is_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (mistake,) = mistakes("\n".join(lines))
    assert mistake[2] == "the aliases of this file stand for more than 100,000 values"


@pytest.mark.parametrize("text", ["[" * 5000, "{a: " * 5000, "- " * 5000, "? " * 5000])
def test_deep_nesting_is_refused(text: str) -> None:
    (mistake, *_) = mistakes(text)
    assert mistake[2] == "values are nested more than 100 deep"


@pytest.mark.parametrize("number", ["1e999", "-1e999", ".nan", "-.INF", "9" * 2000])
def test_numbers_that_json_lacks_are_refused(number: str) -> None:
    assert [place[:2] for place in mistakes(f"a: {number}")] == [(1, 4)]


def test_json_reads_as_json_module_does() -> None:
    escapes, bare = '\\ud83d\\ude00 \\\\ud83d \\/ \\u2028 \\"', "\u2028\x7f\x85\ufeff\uffff"
    text = f'{{"a": "{escapes}", "b": "{bare}", "c": [1.5e3, true, null, -0]}}'
    assert value_of(text, "a.json") == json.loads(text)


@pytest.mark.parametrize("character", ["\x00", "\x07", "\ud800", "\ufffe"])
def test_a_character_that_yaml_text_may_not_hold_is_refused(character: str) -> None:
    message = f"the character U+{ord(character):04X} is not allowed here"
    assert mistakes(f"a: b\nc: d{character}\n") == [(2, 5, message)]


def test_the_last_of_two_equal_keys_can_be_made_to_count() -> None:
    text = "a: {x: 1}\nb: 1\na: {y: [2]}\nc: {d: 1, d: 2}\n"
    ((value, positions),) = reader.load(text, "a.yaml", last_wins=True)
    assert value == {"b": 1, "a": {"y": [2]}, "c": {"d": 2}}
    assert [place.line for place in positions.values()] == [1, 2, 3, 3, 3, 4, 4]


def test_a_line_separator_is_refused_since_readers_differ_on_it() -> None:
    assert mistakes("a: x\n  \u2028y\n") == [(2, 3, "the character U+2028 is not allowed here")]


@given(values)
@settings(max_examples=300, deadline=None)
def test_law_json_text_reads_back(value: object) -> None:
    assume(_longest_key(value) < 900)  # the parser's limit for a key that is not announced by `?` is 1,024
    assert json.dumps(value_of(json.dumps(value), "a.json")) == json.dumps(value)
    assert json.dumps(value_of(json.dumps(value, ensure_ascii=False), "a.json")) == json.dumps(value)


@given(values)
@settings(max_examples=300, deadline=None)
def test_law_what_another_writer_wrote_reads_back(value: object) -> None:
    text = pyyaml.dump(value, Dumper=pyyaml.SafeDumper, default_style='"')
    assert json.dumps(value_of(text)) == json.dumps(value, sort_keys=True)


@given(values)
@settings(max_examples=200, deadline=None)
def test_law_there_is_a_position_for_every_path_and_no_other(value: object) -> None:
    assume(_longest_key(value) < 900)
    ((read, positions),) = reader.load(json.dumps(value), "a.json")
    missing = object()
    assert all(get(read, path, missing) is not missing for path in positions)
    assert len(positions) == 1 + json.dumps(_counted(read)).count("*")


def _longest_key(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    own = [len(json.dumps(key)) for key in value] if isinstance(value, dict) else []
    return max([0, *own, *map(_longest_key, inner)])


def _counted(value: Any) -> Any:
    if isinstance(value, dict):
        return [["*", _counted(item)] for item in value.values()]
    return [["*", _counted(item)] for item in value] if isinstance(value, list) else 0


@given(st.one_of(st.text(), st.lists(pieces, max_size=8).map("".join), st.lists(pieces).map("\n".join)))
@example("\r\r?")
@settings(max_examples=1000, deadline=None)
def test_law_random_text_raises_nothing_but_ddconf_errors(text: str) -> None:
    for file in ("a.yaml", "a.json"):
        try:
            documents = reader.load(text, file)
        except DdconfError as error:
            lines = re.split("\r\n?|[\n\x85\u2028\u2029]", text)  # what ends a line of YAML
            for diagnostic in error.diagnostics:
                assert diagnostic.source and 1 <= diagnostic.source.line <= len(lines) + 1
        else:
            json.dumps([value for value, _ in documents], allow_nan=False)
            assert all(len(positions) > 0 for _, positions in documents)
