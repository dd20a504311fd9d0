"""Lines of grok's results: attributes by type, carets under rule and text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.pipelines.grok import compile_grok
from ddconf.render import grok

RULES = compile_grok("line %{_head} %{integer:n}", r"_head \[%{word:level}\]")


def stopped(text: str) -> list[str]:
    explanation = RULES.explain(text)
    assert explanation
    return list(grok.stopped(text, explanation))


def test_carets_stand_under_the_text_the_token_and_the_part_of_the_helper() -> None:
    assert stopped("[warn} 1") == [
        "line comes furthest: it stops after 5 of 8 characters at '%{_head}'",
        "  text  [warn} 1",
        "             ^",
        "  rule  line %{_head} %{integer:n}",
        "             ^^^^^^^^",
        r"  rule  _head \[%{word:level}\]",
        "                             ^^",
    ]


def test_a_text_that_goes_on_after_the_rule_is_told() -> None:
    lines = stopped("[warn] 1 and more")
    assert lines[0] == "line comes furthest: it ends after 8 of 17 characters, and the text goes on"
    assert lines[1:] == ["  text  [warn] 1 and more", "                ^"]


@given(before=st.integers(0, 300), after=st.integers(0, 300))
def test_of_a_long_text_the_part_around_the_caret_is_shown(before: int, after: int) -> None:
    text = f"[{'w' * before}#{'x' * after}"
    shown, caret = stopped(text)[1:3]
    assert len(shown) <= 110
    assert shown[caret.index("^")] == "#"


def test_what_a_terminal_would_obey_is_written_as_an_escape() -> None:
    assert not re.search(r"[\x00-\x08\x0e-\x1f]", "".join(stopped("[wa\x1b[31m")))


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("a", 'x: "a"  text'),
        (1, "x: 1  integer"),
        (1.0, "x: 1.0  double"),
        (True, "x: true  boolean"),
        ([1, "b"], 'x: [1, "b"]  array'),
        ({}, "x: {}  object"),
        ({"y": {"z": 2}}, "x.y.z: 2  integer"),
    ],
)
def test_an_attribute_is_shown_with_its_type(value: object, shown: str) -> None:
    assert list(grok.attributes({"x": value})) == [shown]


def test_a_filter_that_failed_is_named() -> None:
    match = compile_grok("line %{data:x:number}").match("abc")
    assert match
    assert list(grok.matched(match)) == ["  line", '    ! @x: number cannot take "abc"']


def test_colours_tell_types_apart() -> None:
    lines = list(grok.attributes({"a": 1, "b": "1"}, color=True))
    assert "\x1b[36m1\x1b[0m" in lines[0] and '\x1b[32m"1"\x1b[0m' in lines[1]
