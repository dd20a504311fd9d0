"""JSON values as lines of YAML that are safe to print."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ddconf.render.values import SENSITIVE, lines, printable, quoted, scalar, veiled

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


@given(st.text(alphabet=st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"])))
def test_a_scalar_reads_back_as_the_same_text(text):
    assert yaml.load(scalar(text), Loader=yaml.BaseLoader) == text or yaml.safe_load(scalar(text)) == text


@pytest.mark.parametrize(
    "text", ["true", "Null", "yes", "010", "1.5", "", " a", "a: b", "- a", "a #b", "a\n"]
)
def test_text_that_yaml_would_read_as_something_else_is_quoted(text):
    assert scalar(text) == quoted(text)


def test_a_query_needs_no_quotes():
    assert scalar("avg(last_5m):avg:system.cpu.user{*} > 90") == "avg(last_5m):avg:system.cpu.user{*} > 90"


def test_lists_and_mappings_are_indented_as_yaml():
    value = {"type": "pipeline", "processors": [{"type": "grok-parser", "grok": {"samples": []}}, 1]}
    text = "\n".join(lines(value))
    assert yaml.safe_load(text) == value
    assert text.splitlines()[1:4] == ["processors:", "  - type: grok-parser", "    grok:"]


def test_text_of_several_lines_is_a_block():
    assert list(lines({"message": "one\n\ntwo\n"})) == ["message: |", "  one", "  ", "  two"]


def test_a_digest_is_shown_as_sensitive_wherever_it_stands():
    digest = "secret:" + "0" * 32
    assert list(lines(veiled({"a": [digest], "b": "plain"}))) == ["a:", "  - (sensitive value)", "b: plain"]


def test_a_text_that_only_looks_sensitive_is_told_apart():
    assert scalar(str(SENSITIVE)) != scalar(SENSITIVE)
