"""The exact place of a mistake inside a long text."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.definitions.yaml import reader, spans
from ddconf.errors import Source

TEXT = """\
rules:
  block: |
    first line
      second ☃ line

    last
  plain: some text
  quoted: 'some text'
  folded: >-
    some
    text
  escaped: "a\\tb text"
  items:
    - name: some text
    - just text
"""


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "a.yaml"
    path.write_text(TEXT)
    return str(path)


def of(file: str, *path: str | int) -> tuple[str, Source]:
    ((value, positions),) = reader.load(TEXT, file)
    for step in path:
        value = value[step]
    return value, positions[path]


@pytest.mark.parametrize(
    "path",
    [
        ("rules", "block"),
        ("rules", "plain"),
        ("rules", "quoted"),
        ("rules", "items", 0, "name"),
        ("rules", "items", 1),
    ],
)
def test_each_character_of_a_simple_text_is_located(file: str, path: tuple[str | int, ...]) -> None:
    value, source = of(file, *path)
    lines = TEXT.split("\n")
    for offset, character in enumerate(value):
        place = spans.locate(source, offset)
        assert place
        assert f"{lines[place.line - 1]}\n"[place.column - 1] == character


@pytest.mark.parametrize(("key", "line", "column"), [("folded", 9, 11), ("escaped", 12, 12)])
def test_elsewhere_the_start_of_the_value_stands_for_all(file: str, key: str, line: int, column: int) -> None:
    _, source = of(file, "rules", key)
    assert spans.locate(source, 3) == Source(file, line, column)


def test_a_part_is_found_in_its_value_alone(file: str) -> None:
    _, source = of(file, "rules", "quoted")
    assert spans.find(source, "text") == Source(file, 8, 17)
    assert spans.find(source, "first") == source


def test_without_the_file_the_place_stays(tmp_path: Path) -> None:
    source = Source(str(tmp_path / "gone.yaml"), 3, 4)
    assert spans.find(source, "x") == spans.locate(source, 5) == source
    assert spans.find(None, "x") is spans.locate(None, 1) is None
