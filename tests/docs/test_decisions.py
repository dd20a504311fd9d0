"""Decision notes: each has a number of its own, in its name and its heading."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

NOTES = sorted((Path(__file__).parents[2] / "docs" / "decisions").glob("*.md"))


def test_a_number_is_given_once() -> None:
    numbers = Counter(note.name[:4] for note in NOTES)
    assert [number for number, times in numbers.items() if times > 1] == []


def test_a_heading_has_the_number_of_its_file() -> None:
    headings = [note.read_text(encoding="utf-8").splitlines()[0] for note in NOTES]
    assert [heading[:8] for heading in headings] == [f"# {note.name[:4]}: " for note in NOTES]
