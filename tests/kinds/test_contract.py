"""Every kind held against the official client: its calls, and the fields that its tables name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from ddconf.datadog.contract import SCHEMAS, Schemas, find_endpoint, schema_of, text_of
from ddconf.document import Document, Path, format_path, parse_path
from ddconf.kind import Call, Kind, find_kind, kind_names

# Seen in recorded answers, or documented for the web interface, though the client's models do not name them.
UNNAMED = {
    "dashboard": {"deleted_at"},
    "monitor": {
        "org_id",
        "created_at",
        "overall_state_modified",
        "restricted",
        "restriction_policy",
        "run_as",
        "classification",
        "options.avalanche_window",
    },
    "service_level_objective": {"type_id"},
}
PUBLIC = [name for name in kind_names() if not find_kind(name).manual]


def calls_of(kind: Kind) -> Iterator[Call]:
    api = kind.api
    assert api is not None
    yield from filter(None, (api.list, api.read, api.create, api.update, api.delete, api.check))
    for part in api.parts.values():
        yield from filter(None, (part.read, part.replace, part.add, part.remove))


@cache
def shapes(name: str) -> tuple[Schemas, list[Document], list[Document]]:
    """The flat documents that a kind's bodies accept, and those that its answers show."""
    api, schemas = find_kind(name).api, Schemas()
    assert api is not None
    bodies = [found.body for call in (api.create, api.update) if call and (found := find_endpoint(call))]
    reads = (api.read, api.create, api.update)
    answers = [found.answer for call in reads if call and (found := find_endpoint(call))]
    return (
        schemas,
        [flat(schemas, model) for model in bodies if model],
        [flat(schemas, model) for model in answers if model],
    )


def flat(schemas: Schemas, model: Any) -> Document:
    shape = schemas.object_of(model)
    if "data" not in shape["properties"]:
        return dict(shape["properties"])
    data = schemas._resolved(shape["properties"]["data"])
    data = schemas._resolved(data["items"]) if "items" in data else data
    if "attributes" in data["properties"]:
        return dict(schemas.flattened(shape)["properties"])
    return dict(data["properties"])


def exists(schemas: Schemas, schema: Document, path: Path) -> bool:
    schema = schemas._resolved(schema)
    if not path or not schema:
        return True
    if "oneOf" in schema:
        return any(exists(schemas, branch, path) for branch in schema["oneOf"])
    step, rest = path[0], path[1:]
    if step == "*":
        return exists(schemas, schema.get("items", {}), rest)
    if step in schema.get("properties", {}):
        return exists(schemas, schema["properties"][step], rest)
    return "additionalProperties" in schema


@pytest.mark.parametrize("name", kind_names())
def test_a_kind_has_the_name_of_its_file(name: str) -> None:
    assert find_kind(name).name == name


@pytest.mark.parametrize("name", PUBLIC)
def test_every_call_is_one_of_the_clients_operations(name: str) -> None:
    unknown = [f"{call.method} {call.path}" for call in calls_of(find_kind(name)) if not find_endpoint(call)]
    assert unknown == []


@pytest.mark.parametrize("name", PUBLIC)
def test_every_path_of_a_kinds_tables_exists(name: str) -> None:
    kind = find_kind(name)
    tables = (
        kind.key,
        kind.read_only,
        kind.defaults,
        kind.unordered,
        kind.immutable,
        kind.secrets,
        kind.references,
        kind.identity,
        kind.partial,
        (field for group in kind.together for field in group),
    )
    schemas, accepted, shown = shapes(name)
    paths = {format_path(parse_path(text)) for table in tables for text in table}
    missing = {
        text
        for text in paths
        if not any(exists(schemas, {"properties": one}, parse_path(text)) for one in (*accepted, *shown))
        and not (kind.api and parse_path(text)[0] in kind.api.parts)
    }
    assert missing == UNNAMED.get(name, set())


@pytest.mark.parametrize("name", PUBLIC)
def test_what_answers_show_and_no_body_accepts_is_read_only(name: str) -> None:
    kind = find_kind(name)
    _, accepted, shown = shapes(name)
    ours = {
        path[0] for path in map(parse_path, (*kind.read_only, *(kind.api.parts if kind.api else ()), kind.id))
    }
    assert set().union(*shown) - set().union(*accepted) - ours - {"type"} == set()


@pytest.mark.parametrize("name", PUBLIC)
def test_what_a_create_takes_and_an_update_does_not_is_immutable(name: str) -> None:
    kind = find_kind(name)
    api = kind.api
    assert api is not None
    if not (api.create and api.update) or api.update.body:
        pytest.skip("an update of this kind chooses its own body")
    create, update = find_endpoint(api.create), find_endpoint(api.update)
    assert create and update
    schemas = Schemas()
    only = set(flat(schemas, create.body)) - set(flat(schemas, update.body)) - {"id"}
    fixed = {path[0] for path in map(parse_path, (*kind.immutable, *kind.read_only))}
    assert only - fixed == set()


@pytest.mark.parametrize("name", kind_names())
def test_references_and_queues_name_what_there_is(name: str) -> None:
    kind = find_kind(name)
    assert set(kind.references.values()) <= {*kind_names(), "role"}
    assert kind.title
    assert kind.area
    assert kind.page.startswith("/")
    assert not kind.api or kind.api.singleton == (kind.key == ())


@pytest.mark.parametrize("name", PUBLIC)
def test_the_schema_that_ships_is_that_of_the_client(name: str) -> None:
    schema = schema_of(find_kind(name))
    assert schema is not None
    shipped = (SCHEMAS / f"{name}.json").read_text(encoding="utf-8")
    assert shipped == text_of(schema), "run `python -m ddconf.datadog.contract`"


def test_every_schema_that_ships_is_of_a_kind() -> None:
    assert {file.stem for file in SCHEMAS.glob("*.json")} == set(kind_names())
