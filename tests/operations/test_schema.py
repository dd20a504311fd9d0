"""The JSON schemas that editors read."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ddconf.definitions.yaml import reader
from ddconf.document import JSON, Document
from ddconf.kind import find_kind, kind_names
from ddconf.operations.schema import first_line, of_files, of_kind
from tests.conftest import ROOT
from tests.kinds import samples


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


def test_every_kind_says_what_it_is_and_where_it_is_documented() -> None:
    for name in kind_names():
        said = of_kind(name)["description"]
        assert said.startswith(find_kind(name).title)
        assert "https://docs.datadoghq.com/" in said


@pytest.mark.parametrize(
    ("kind", "path", "said"),
    [
        ("monitor", "tags", "The order means nothing."),
        ("monitor", "restricted_roles", "written `${role.NAME}`"),
        ("monitor", "created", "neither compared nor sent"),
        ("monitor", "draft_status", 'Left out, it is `"published"`.'),
        ("logs_index", "name", "Tells objects apart. A change replaces the object."),
        ("team", "handle", "Datadog refuses a second one."),
        ("webhook", "custom_headers", "write `${secret.NAME}`"),
        ("logs_custom_pipeline", "processors", "Items are told apart by `name`."),
        ("dashboard", "tabs", "Sent together with `widgets`."),
        ("logs_archive", "rehydration_max_scan_size_in_gb", "In gigabytes."),
    ],
)
def test_a_field_is_described_by_what_its_kind_says_of_it(kind: str, path: str, said: str) -> None:
    assert said in of_kind(kind)["properties"][path]["description"]


@pytest.mark.parametrize("tier", [1, 2])
def test_every_field_of_a_kind_that_matters_is_described(tier: int) -> None:
    silent = [
        f"{name}.{field}"
        for name in kind_names()
        if find_kind(name).tier == tier
        for field, schema in of_kind(name)["properties"].items()
        if not schema.get("description")
    ]
    assert silent == []


def test_what_datadog_calls_deprecated_is_and_says_what_takes_its_place() -> None:
    options = of_kind("monitor")["$defs"]["MonitorOptions"]["anyOf"][0]["properties"]
    assert options["locked"]["deprecated"] is True
    assert "use `restricted_roles`" in options["locked"]["description"]
    assert "deprecated" not in options["include_tags"]


def test_the_servers_own_fields_and_defaults_are_marked() -> None:
    fields = of_kind("monitor")["properties"]
    assert fields["created"]["readOnly"] is True
    assert fields["draft_status"]["default"] == "published"


def test_the_schema_is_one_that_a_validator_knows(validator: Any) -> None:
    validator.check_schema(validator.schema)


@pytest.mark.parametrize("kind", kind_names())
def test_a_sample_of_every_kind_is_valid_in_an_editor(validator: Any, kind: str) -> None:
    document = json.loads(json.dumps(samples.definitions(kind)))
    assert [error.message for error in validator.iter_errors(document)] == []


def test_the_definitions_that_ship_are_valid_in_an_editor(validator: Any) -> None:
    files = [file for file in sorted((ROOT / "definitions").rglob("*.yaml")) if not _is_other(file.name)]
    assert len(files) > 10
    for file in files:
        for document, _ in reader.load(file.read_text(encoding="utf-8"), str(file)):
            assert [error.message for error in validator.iter_errors(document)] == [], file


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"monitr": {}}, []),
        ({"monitor": {"m": {"name": "m", "query": "q", "type": "no such"}}}, ["monitor", "m", "type"]),
        ({"monitor": {"m": {"name": "m", "query": "q"}}}, ["monitor", "m"]),
        ({"monitor": {"m": {"name": 1, "query": "q", "type": "query alert"}}}, ["monitor", "m", "name"]),
        ({"moved": [{"from": "monitor.a"}]}, ["moved", 0]),
    ],
)
def test_an_editor_sees_what_is_wrong(validator: Any, document: Document, path: list[Any]) -> None:
    assert [list(error.absolute_path) for error in validator.iter_errors(document)] == [path]


def test_the_schema_stays_small() -> None:
    assert len(json.dumps(of_files(), separators=(",", ":"))) < 2_000_000


@pytest.fixture(scope="module")
def validator() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(of_files())


def _is_other(name: str) -> bool:
    return name in ("ddconf.yaml", "conf.yaml") or name.endswith(".test.yaml")
