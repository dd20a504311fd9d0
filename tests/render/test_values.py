"""JSON values as lines of YAML that are safe to print."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ddconf.render.values import lines, printable, quoted, veiled

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(st.text(), below, max_size=4),
)


@given(json_values)
def test_no_line_holds_a_character_that_a_terminal_acts_on(value):
    for line in lines(value):
        assert printable(line) == line
        assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in line)


@given(st.text())
def test_printable_text_stays_as_it_is_and_escaping_twice_changes_nothing(text):
    once = printable(text)
    assert printable(once) == once
    assert once == text or not text.isprintable()


@pytest.mark.parametrize(
    "text", ["\x1b[31m", "\x9b31m", "a\rb", "\u202e", "\u2028", "\ud800", "\x07", "\x08"]
)
def test_escapes_marks_of_direction_and_bells_are_spelt_out(text):
    assert "\\" in printable(text)


def test_accents_and_emoji_stay():
    assert printable("Übertragung 👩\u200d💻") == "Übertragung 👩\u200d💻"


def test_lists_and_mappings_are_indented_as_yaml():
    value = {"type": "pipeline", "processors": [{"type": "grok-parser", "grok": {"samples": []}}, 1]}
    text = "\n".join(lines(value))
    assert yaml.safe_load(text) == value
    assert text.splitlines()[1:4] == ["processors:", "  - type: grok-parser", "    grok:"]


def test_text_of_several_lines_is_a_block():
    assert list(lines({"message": "one\n\ntwo\n"})) == ["message: |", "  one", "", "  two"]


def test_a_digest_is_shown_as_sensitive_wherever_it_stands():
    digest = "secret:" + "0" * 32
    assert list(lines(veiled({"a": [digest], "b": "plain"}))) == ["a:", "  - (sensitive value)", "b: plain"]


def test_a_text_on_one_line_is_always_quoted():
    assert [quoted(value) for value in ("a", 1, None, ["a", True])] == ['"a"', "1", "null", '["a", true]']
