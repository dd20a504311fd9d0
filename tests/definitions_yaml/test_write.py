"""Documents to YAML text: exact, readable, and safe for other readers."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import yaml as pyyaml
from hypothesis import given, settings

from ddconf.definitions.yaml import reader, write

from .documents import values


def read(text: str) -> Any:
    ((value, _),) = reader.load(text, "a.yaml")
    return value


@given(values)
@settings(max_examples=400, deadline=None)
def test_law_every_document_reads_back_exactly(value: object) -> None:
    assert json.dumps(read(write.dump(value))) == json.dumps(value)
    assert json.dumps(read(write.flow(value))) == json.dumps(value)


@given(values)
@settings(max_examples=150, deadline=None)
def test_law_another_reader_takes_text_for_text(value: object) -> None:
    """A YAML 1.1 reader, whose text types are more, must not find other texts (it differs on separators)."""
    read_by_other = pyyaml.load(write.dump(value), Loader=pyyaml.CSafeLoader)
    assert _texts(read_by_other) == _texts(value)


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in _texts(part)]
    if isinstance(value, list):
        return [text for item in value for text in _texts(item)]
    return [value] if isinstance(value, str) else []


def test_the_text_is_what_a_person_would_write() -> None:
    document = {
        "name": "CPU is high",
        "query": "avg(last_5m):avg:system.cpu.user{env:prod} > 90",
        "message": "Look at {{host.name}}.\n\nThen call @team.\n",
        "tags": ["team:a", "on", "12:30", "a: b"],
        "options": {"thresholds": {"critical": 90, "warning": 80.5}, "silenced": {}, "list": []},
        "widgets": [{"id": 1, "x": ["${monitor.a}"]}, [1, None, True]],
        "rule": 'x %{data:a:nullIf("-")}',
        "empty": "",
    }
    assert (
        write.dump(document)
        == """\
name: CPU is high
query: avg(last_5m):avg:system.cpu.user{env:prod} > 90
message: |
  Look at {{host.name}}.

  Then call @team.
tags:
  - team:a
  - "on"
  - "12:30"
  - "a: b"
options:
  thresholds:
    critical: 90
    warning: 80.5
  silenced: {}
  list: []
widgets:
  - id: 1
    x:
      - ${monitor.a}
  - - 1
    - null
    - true
rule: x %{data:a:nullIf("-")}
empty: ""
"""
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, "--- {}\n"),
        ([], "--- []\n"),
        ("a", "--- a\n"),
        (None, "--- null\n"),
        ("a\nb", "--- |-\n  a\n  b\n"),
    ],
)
def test_a_lone_value_is_a_document_too(value: object, text: str) -> None:
    assert write.dump(value) == text


def test_long_text_is_not_folded() -> None:
    assert write.dump({"a": "word " * 100 + "end"}).count("\n") == 1


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_numbers_that_json_lacks_are_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not a JSON number"):
        write.dump({"a": number})


@pytest.mark.parametrize("file", ["dashboards.jsonl.gz", "monitors.jsonl.gz"])
def test_real_documents_read_back(corpus: Path, file: str) -> None:
    with gzip.open(corpus / "content" / file, "rt") as lines:
        documents = [json.loads(line) for line in lines]
    for document in documents:
        assert json.dumps(read(write.dump(document))) == json.dumps(document)


def test_where_a_widget_stands_is_one_line_that_reads_back():
    place = {"layout": {"x": 0, "y": 0, "width": 4, "height": 2}}
    assert write.dump(place) == 'layout: {x: 0, "y": 0, width: 4, height: 2}\n'
    assert read(write.dump(place)) == place
    assert write.dump({"layout": {"a": "b"}}) == "layout:\n  a: b\n"
