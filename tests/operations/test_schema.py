from collections.abc import Iterator
from pathlib import Path

import pytest

from ddconf.document import JSON, Document
from ddconf.kind import kind_names
from ddconf.operations.schema import first_line, of_files, of_kind


def references(schema: JSON) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(found := schema.get("$ref"), str):
            yield found
        for value in schema.values():
            yield from references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from references(value)


def leads_somewhere(schema: Document, reference: str) -> bool:
    found: JSON = schema
    for key in reference.removeprefix("#/").split("/"):
        found = found.get(key) if isinstance(found, dict) else None
    return isinstance(found, dict)


def test_every_reference_in_the_schema_of_files_leads_somewhere() -> None:
    schema = of_files()
    found = set(references(schema))
    assert len(found) > 100
    assert [each for each in sorted(found) if not leads_somewhere(schema, each)] == []


@pytest.mark.parametrize("kind", kind_names())
def test_every_reference_in_the_schema_of_a_kind_leads_somewhere(kind: str) -> None:
    schema = of_kind(kind)
    assert [each for each in references(schema) if not leads_somewhere(schema, each)] == []


def test_a_file_may_hold_each_kind_what_moved_and_what_was_removed() -> None:
    assert set(of_files()["properties"]) == {*kind_names(), "moved", "removed"}


def test_a_file_finds_its_schema_from_where_it_lies(tmp_path: Path) -> None:
    line = first_line(tmp_path, tmp_path / "teams" / "net" / "a.yaml")
    assert line == "# yaml-language-server: $schema=../../.ddconf/schema.json\n"
