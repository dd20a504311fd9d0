"""Every kind held against the official client: its calls, and the fields that its tables name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import pytest

from ddconf.datadog.contract import SCHEMAS, Schemas, find_endpoint, in_paths, schema_of, text_of
from ddconf.document import Document, Path, format_path, parse_path
from ddconf.kind import Call, Kind, find_kind, kind_names
from tests.kinds.shapes import exists, flat

UNNAMED: dict[str, list[str]] = json.loads((FilePath(__file__).parent / "unnamed.json").read_text())
"""Seen in recorded answers, or documented for the web interface, though no model of the client has them."""
UNDOCUMENTED = ("logs_view",)
PUBLIC = [name for name in kind_names() if not find_kind(name).manual and name not in UNDOCUMENTED]


def calls_of(kind: Kind) -> Iterator[Call]:
    api = kind.api
    assert api is not None
    yield from filter(None, (api.list, api.read, api.create, api.update, api.delete, api.check))
    for part in api.parts.values():
        yield from filter(None, (part.read, part.replace, part.add, part.remove))


def api_parts(kind: Kind) -> tuple[str, ...]:
    return tuple(kind.api.parts) if kind.api else ()


@cache
def shapes(name: str) -> tuple[Schemas, list[Document], list[Document]]:
    """The flat documents that a kind's bodies accept, and those that its answers show."""
    kind, schemas = find_kind(name), Schemas()
    api = kind.api
    assert api is not None
    bodies = [found.body for call in (api.create, api.update) if call and (found := find_endpoint(call))]
    reads = (api.list,) if api.given else (api.read, api.create, api.update)
    answers = [found.answer for call in reads if call and (found := find_endpoint(call))]
    ours: Document = {name: {} for name in in_paths(kind)}
    if api.envelope.shape:
        return schemas, [{**ours, **api.envelope.shape}], [{**ours, **api.envelope.shape}]
    return (
        schemas,
        [ours, *(flat(schemas, model) for model in bodies if model)],
        [ours, *(shown_by(kind, schemas, model) for model in answers if model)],
    )


def shown_by(kind: Kind, schemas: Schemas, model: Any) -> Document:
    """The fields of an answer, out of whatever the kind takes its object from."""
    assert kind.api is not None
    if kind.api.envelope.unwrap.__module__ != "ddconf.kind":
        return {}  # it is made anew from the answer
    fields = flat(schemas, model)
    for name in fields:
        if kind.api.envelope.unwrap({name: {"probe": 1}}) == {"probe": 1}:
            return dict(schemas.resolved(fields[name]).get("properties", {}))
    return fields


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
    assert paths_that_no_model_has(kind) == UNNAMED.get(name, [])


def paths_that_no_model_has(kind: Kind) -> list[str]:
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
    schemas, accepted, shown = shapes(kind.name)
    paths = {format_path(parse_path(text)) for table in tables for text in table}
    return sorted(
        text
        for text in paths
        if not any(exists(schemas, {"properties": one}, parse_path(text)) for one in (*accepted, *shown))
        and not (kind.api and parse_path(text)[0] in kind.api.parts)
    )


@pytest.mark.parametrize("name", PUBLIC)
def test_what_answers_show_and_no_body_accepts_is_read_only(name: str) -> None:
    kind = find_kind(name)
    if kind.api and kind.api.given:
        pytest.skip("nobody writes it")
    _, accepted, shown = shapes(name)
    ours = {
        path[0]
        for path in map(
            parse_path, (*kind.read_only, *kind.immutable, *api_parts(kind), *kind.key, kind.id or "id")
        )
    }
    assert set().union(*shown) - set().union(*accepted) - ours - {"type"} == set()


@pytest.mark.parametrize("name", kind_names())
def test_nothing_that_a_body_demands_is_dropped(name: str) -> None:
    """A definition without it could not be made anew."""
    kind = find_kind(name)
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    dropped = (*kind.defaults, *kind.read_only)
    assert [text for text in dropped if demanded(schema, schema, parse_path(text))] == []


def demanded(root: Document, schema: Document, path: Path) -> bool:
    """Whether some branch of a schema demands the field at a path, if what is above it is there."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    if "oneOf" in schema:
        return any(demanded(root, branch, path) for branch in schema["oneOf"])
    step, rest = path[0], path[1:]
    if not rest:
        return step in schema.get("required", ())
    below = schema.get("items", {}) if step == "*" else schema.get("properties", {}).get(step, {})
    return demanded(root, below, rest)


@pytest.mark.parametrize("name", PUBLIC)
def test_what_a_create_takes_and_an_update_does_not_is_immutable(name: str) -> None:
    kind = find_kind(name)
    api = kind.api
    assert api is not None
    if not (api.create and api.update) or api.update.body or api.envelope.shape:
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
    above = {kind.api.parent[1]} - {""} if kind.api else set()
    targets = {target.partition(".")[0] for _, found in kind.targets for target in found}
    assert {*targets, *above} <= {*kind_names()}
    assert kind.title
    assert kind.area
    assert kind.page.startswith(("", "/"))
    assert kind.key == () or not kind.api or not kind.api.singleton


@pytest.mark.parametrize("name", PUBLIC)
def test_the_schema_that_ships_is_that_of_the_client(name: str) -> None:
    schema = schema_of(find_kind(name))
    if schema is None:
        pytest.skip("the client has no model of what this kind sends")
    shipped = (SCHEMAS / f"{name}.json").read_text(encoding="utf-8")
    assert shipped == text_of(schema), "run `python -m ddconf.datadog.contract`"


def test_every_schema_that_ships_is_of_a_kind() -> None:
    assert {file.stem for file in SCHEMAS.glob("*.json")} <= set(kind_names())
