"""Formatting: comments and meaning stay, and a second time changes nothing."""

from __future__ import annotations

import json

import pytest
import yaml as pyyaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ddconf.definitions.yaml import reader, write
from ddconf.definitions.yaml.format import format_text
from ddconf.errors import DdconfError

from .documents import pieces, values

UGLY = """\
# Who owns this
monitor:
    cpu:   # the important one
        name:   'CPU is high'
        query: "avg(last_5m):avg:system.cpu.user{*} by {host,service,env,region,cluster} > 90 and much more"
        tags:
        - a   # first

        - b
        base: &base {a:   1,   b: [ {c: 1} ]}
        other: *base
        zip: 010
        message: |
            Look.

             @team
"""
NEAT = """\
# Who owns this
monitor:
  cpu: # the important one
    name: 'CPU is high'
    query: "avg(last_5m):avg:system.cpu.user{*} by {host,service,env,region,cluster} > 90 and much more"
    tags:
      - a # first

      - b
    base: &base {a: 1, b: [{c: 1}]}
    other: *base
    zip: 010
    message: |
      Look.

       @team
"""


def test_a_file_is_formatted_and_keeps_comments_quotes_anchors_and_long_lines() -> None:
    formatted = format_text(UGLY, "a.yaml")
    assert [line.split() for line in formatted.splitlines()] == [line.split() for line in NEAT.splitlines()]
    assert [len(line) - len(line.lstrip()) for line in formatted.splitlines()] == [
        len(line) - len(line.lstrip()) for line in NEAT.splitlines()
    ]
    assert format_text(formatted, "a.yaml") == formatted


def test_what_export_writes_is_formatted_already() -> None:
    text = write.dump(
        {"monitor": {"cpu": {"name": "x", "tags": ["a", {"b": [1, 2]}], "m": "a\nb\n", "e": {}}}}
    )
    assert format_text(text, "a.yaml") == text


def test_several_documents_stay_several() -> None:
    text = "monitor:\n    a: {name: x}\n---\n# two\nmonitor:\n    b: {name: y}\n"
    assert format_text(text, "a.yaml") == "monitor:\n  a: {name: x}\n---\n# two\nmonitor:\n  b: {name: y}\n"


def test_json_is_indented() -> None:
    assert format_text('{"a": [1, "ü"]}', "a.json") == '{\n  "a": [\n    1,\n    "ü"\n  ]\n}\n'


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "---\n"])
def test_a_text_without_definitions_stays(text: str) -> None:
    assert format_text(text, "a.yaml") == text


def test_a_broken_file_is_refused_with_its_mistakes() -> None:
    with pytest.raises(DdconfError) as raised:
        format_text("a: 1\na: 2\nb: !x 1\n", "a.yaml")
    assert len(raised.value.diagnostics) == 2


def check_law(text: str) -> None:
    try:
        expected = [value for value, _ in reader.load(text, "a.yaml")]
        formatted = format_text(text, "a.yaml")
    except DdconfError:
        return
    assert json.dumps([value for value, _ in reader.load(formatted, "a.yaml")]) == json.dumps(expected)
    assert format_text(formatted, "a.yaml") == formatted


@given(values, st.sampled_from(["write", "flow", "other"]))
@settings(max_examples=100, deadline=None)
def test_law_meaning_stays_and_twice_is_once(value: object, style: str) -> None:
    texts = {
        "write": write.dump(value),
        "flow": write.flow(value),
        "other": pyyaml.dump(value, Dumper=pyyaml.CSafeDumper, default_style='"', indent=6),
    }
    check_law(f"# top\n{texts[style]}\n# end\n")


@given(st.lists(pieces, max_size=6).map(" ".join))
@settings(max_examples=200, deadline=None)
def test_law_any_text_is_formatted_or_refused(text: str) -> None:
    check_law(text)
