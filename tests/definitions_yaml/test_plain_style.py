"""What is read line by line is what the parser makes of it, at the same places, or nothing at all."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ddconf.definitions.yaml import plain_style, reader, write
from ddconf.errors import DdconfError
from tests.e2e.conftest import SOAK

from .documents import texts, values

PIECES = (
    *("a: ", "b: ", "a:", "b:", "- ", "- - ", "-", '"y": ', "'y': ", "? ", "? a\n: ", "<<: ", "1: ", "é: "),
    *(
        "x",
        "x y",
        "1",
        "1.5",
        "-1",
        ".5",
        "0x1F",
        "1e999",
        "true",
        "null",
        "~",
        "on",
        "12:30:45",
        "x: y",
        "a#b",
    ),
    *(
        "x #y",
        "http://x:80/y",
        "x:",
        "${a.b}",
        "{{x}}",
        "a{*} by {b}",
        "-x",
        "...",
        "---",
        "%x",
        "@x",
        "!x",
        "&x",
    ),
    *(
        "*x",
        ">",
        ">-",
        "|",
        "|-",
        "|+",
        "|2",
        "|2-",
        "[]",
        "{}",
        "[a]",
        "{a: 1}",
        "{a: x}",
        '{x: 0, "y": -1}',
        "{a: 1, a: 2}",
        "{a: 08, null: 1}",
        '"x"',
        '"x\\n"',
        '"\\t"',
        '"\\u00e9"',
    ),
    *(
        "'it''s'",
        "'x",
        '"x',
        '"x" #y',
        "# x",
        "#",
        "\t",
        "\r",
        "\x07",
        "\x7f",
        "\x85",
        "\xa0",
        "\u2028",
        "\ufeff",
        "é",
        "😀",
    ),
)
INDENTS = ("", "", "  ", "  ", "    ", " ", "      ")


def parsed(text: str) -> object:
    try:
        return reader.compose(text, "a.yaml")
    except DdconfError:
        return None


def assert_the_same(text: str) -> bool:
    """Whether the text was read at all."""
    found = plain_style.read(text)
    assert found is None or [found] == parsed(text), text
    if found is not None:
        ((value, _),) = reader.compose(text, "a.yaml")
        assert write.dump(found[0]) == write.dump(value), text  # 1 is not true
    return found is not None


lines = st.tuples(st.sampled_from(INDENTS), st.lists(st.one_of(st.sampled_from(PIECES), texts), max_size=3))
soups = st.lists(lines.map(lambda line: line[0] + "".join(line[1])), max_size=8).map("\n".join)


@given(soups, st.sampled_from(["\n", "", "\n\n"]))
@settings(max_examples=1500, deadline=None)
def test_law_a_soup_of_lines_is_read_as_the_parser_does_or_not_at_all(soup: str, end: str) -> None:
    assert_the_same(soup + end)


def grown(chance: Random, depth: int = 0) -> object:
    """A random value of a few keys and items."""
    if depth > 3 or chance.random() < 0.4:
        return chance.choice(
            [None, True, 1, 1.5, "x", "x y", "", "on", "a\nb", "a\n\n", "a: b", "it's", [], {}]
        )
    if chance.random() < 0.5:
        return [grown(chance, depth + 1) for _ in range(chance.randint(1, 3))]
    return {
        chance.choice(["a", "b", "y", "c.d"]): grown(chance, depth + 1) for _ in range(chance.randint(1, 3))
    }


def changed(chance: Random, text: str) -> str:
    """With a line moved, indented, left out, said twice, or with a piece put into it."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    line = lines[at]
    column = chance.choice([0, len(line) - len(line.lstrip()), line.find(": ") + 2, len(line)])
    lines[at : at + 1] = chance.choice(
        [
            [],
            [line, line],
            [" " * chance.randint(1, 3) + line],
            [line.removeprefix(" " * chance.randint(1, 3))],
            [line[:column] + chance.choice(PIECES) + line[column:]],
            [line[:column] + chance.choice(PIECES)],
            [line, chance.choice(INDENTS) + chance.choice(PIECES)],
        ]
    )
    return "\n".join(lines)


@pytest.mark.parametrize("seed", range(200 if SOAK else 4))
def test_law_a_file_that_was_changed_is_read_as_the_parser_does_or_not_at_all(seed: int) -> None:
    chance = Random(seed)
    read = 0
    for _ in range(2_000):
        text = write.dump({"a": grown(chance), "b": grown(chance)})
        for _ in range(chance.randint(0, 3)):
            text = changed(chance, text)
        read += assert_the_same(text)
    assert read > 500


@given(st.dictionaries(texts.filter(bool), values, min_size=1, max_size=3))
@settings(max_examples=300, deadline=None)
def test_law_what_is_written_is_read_the_same(value: object) -> None:
    assert_the_same(write.dump(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: 1\n", {"a": 1}),
        ("# x\n\na: x y # z\n", None),
        ("# x\n\na:\n  # y\n  b: x\n", {"a": {"b": "x"}}),
        (
            "a:\n- b: 1\n  c:\n  - x\n  - - y\n    - z\nd:\n",
            {"a": [{"b": 1, "c": ["x", ["y", "z"]]}], "d": None},
        ),
        ('"y": \'it\'\'s\'\nb: "a\\n\\"b\\""\n', {"y": "it's", "b": 'a\n"b"'}),
        ("a: |\n  x\n\n   y\n\nb: |-\n  z\n\nc: |+\n  w\n\n", {"a": "x\n\n y\n", "b": "z", "c": "w\n\n"}),
        ("a: []\nb:\n- {}\n- []\n", {"a": [], "b": [{}, []]}),
        ("a: http://x:80/#y\nb: avg:x{*} by {y}\n", {"a": "http://x:80/#y", "b": "avg:x{*} by {y}"}),
        ("a: on\nb: 010\nc: 1.1E7\nd: ~\n", None),
        ("a: on\nb: 010\nc: 1.1E7\nd: null\n", {"a": "on", "b": 10, "c": 1.1e7, "d": None}),
        ("a: 1\na: 2\n", None),
        ('a:\n- b: {x: 0, "y": 010}\n- {z: -1}\n', {"a": [{"b": {"x": 0, "y": 10}}, {"z": -1}]}),
        ("a: {x: 1, x: 2}\n", None),
        ("a: {x: 1} # y\n", None),
        ("a: x\n  y\n", None),
        ("a: x\n- y\n", None),
        ("- a\n", None),
        ("a: 1", None),
        ("a: |\n  x\n y\n", None),
        ("a: |\n\n  x\n", None),
        ("a: |+\n  x\n \nb: 1\n", None),
        ("a:\n  b: 1\n c: 2\n", None),
        ("", None),
        ("\n", None),
    ],
)
def test_the_style_and_its_edges(text: str, value: object) -> None:
    found = plain_style.read(text)
    assert (found and found[0]) == value
    assert_the_same(text)


def test_values_share_nothing() -> None:
    found = plain_style.read("a: []\nb: []\n")
    assert found is not None
    found[0]["a"].append(1)
    assert found[0] == {"a": [1], "b": []}
    again = plain_style.read("a: []\n")
    assert again is not None and again[0] == {"a": []}


def test_what_is_nested_deep_is_left_to_the_parser() -> None:
    def nested(depth: int) -> str:
        return "".join(f"{'  ' * number}a:\n" for number in range(depth))

    assert plain_style.read(nested(15)) is not None
    assert plain_style.read(nested(60)) is None
    assert plain_style.read("a:\n" + "- " * 60 + "x\n") is None


def test_a_dashboard_is_written_in_this_style() -> None:
    widget = {
        "layout": {"x": 0, "y": 2, "width": 12, "height": 4},
        "definition": {"type": "note", "content": "a"},
    }
    text = write.dump({"widgets": [widget]})
    assert "{x: 0," in text
    assert plain_style.read(text) is not None


def test_definitions_are_written_in_this_style() -> None:
    files = sorted(Path(__file__).parents[2].joinpath("definitions").rglob("*.yaml"))
    read = [file for file in files if assert_the_same(file.read_text(encoding="utf-8"))]
    assert len(files) > 5 and read
