"""A document of any kind, made from the schema that ships: required fields, and what a story changes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from ddconf.datadog.schema.client_library import SCHEMAS
from ddconf.document import Document, copy, find, get, parse_path, put, walk
from ddconf.document import Path as Place
from ddconf.kind import Kind, find_kind

GIVEN: dict[str, Document] = json.loads((Path(__file__).parent / "samples.json").read_text())
"""By kind: what to define where the models do not tell enough."""
DEEPEST = 8


@cache
def _schema(name: str) -> Document:
    file = SCHEMAS / f"{name}.json"
    schema: Document = json.loads(file.read_text()) if file.is_file() else {}
    return schema


def sample(name: str) -> Document:
    """A valid definition, with references to `${KIND.it}` where other objects are named."""
    return sample_of(find_kind(name))


def sample_of(kind: Kind) -> Document:
    """The same of a kind that need not be the one of its name."""
    name = kind.name
    given = GIVEN.get(name, {})
    maker = _Maker(_schema(name))
    document: Document = maker.value(_schema(name), "it", 0) or {}
    for path in map(parse_path, kind.key):
        if get(document, path) is None and (schema := maker.at(_schema(name), path)):
            put(document, path, maker.value(schema, "it", 1))
    document = copy(given["document"]) if "document" in given else {**document, **copy(given.get("more", {}))}
    for pattern in (*kind.read_only, *(() if kind.id in kind.key or not kind.id else (kind.id,))):
        if "[*]" not in pattern and "." not in pattern and pattern not in given.get("more", {}):
            document.pop(pattern, None)
    for pattern, targets in kind.targets:
        target, _, field = targets[0].partition(".")
        if (api := find_kind(target).api) and api.system_owned:
            continue
        for path in list(find(document, parse_path(pattern))):
            if get(document, path) == "it":
                put(document, path, f"${{{target}.it{'.' * bool(field)}{field}}}")
    if (place := place_of_order(kind)) and (ids := get(document, place)):
        put(document, place, [*ids, *filter(None, map(_elsewhere, ids))])
    return document


def another(name: str) -> Document | None:
    """A second sample, with another natural key; None where that cannot be."""
    document = sample(name)
    before = copy(document)
    for path in map(parse_path, {*find_kind(name).key, "name"}):
        if isinstance(value := get(document, path), str) and "${" not in value:
            put(document, path, f"other{value}")
    return {**document, **copy(GIVEN.get(name, {}).get("other", {}))} if document != before else None


def definitions(name: str) -> dict[str, dict[str, Document]]:
    """The sample and the samples of all that it refers to, by kind."""
    return around(name, sample(name))


def around(name: str, document: Document) -> dict[str, dict[str, Document]]:
    """A document as `it`, and the samples of all that it refers to as `it` or `other`, by kind."""
    from ddconf.definitions import references

    found: dict[str, dict[str, Document]] = {name: {"it": document}}
    waiting = list(references.needs(document))
    while waiting:
        current = waiting.pop()
        if current.name in found.setdefault(current.kind, {}):
            continue
        made = sample(current.kind) if current.name == "it" else another(current.kind)
        assert made is not None, f"there is no {current}"
        found[current.kind][current.name] = made
        waiting += references.needs(made)
    return found


def changed(name: str, document: Document) -> Document | None:
    """The document with one field another that an update may change; None where there is none."""
    kind = find_kind(name)
    if "change" in (given := GIVEN.get(name, {})):
        return {**document, **copy(given["change"])} if given["change"] else None
    if place := place_of_order(kind):
        turned: Document = copy(document)
        put(turned, place, get(document, place)[::-1])
        return turned
    for path, value in _leaves(document):
        if not _is_fixed(kind, path) and (other := _other(name, path, value)) is not None:
            result: Document = copy(document)
            put(result, path, other)
            return result
    return _with_more(name, kind, document)


def with_another_secret(name: str, document: Document) -> Document | None:
    """The document with another secret, which nobody can see; None where it has none."""
    for pattern in map(parse_path, find_kind(name).secrets):
        for path in find(document, pattern):
            if isinstance(value := get(document, path), str):
                result: Document = copy(document)
                put(result, path, f"{value}2")
                return result
    return None


def fixed(kind: Kind) -> tuple[str, ...]:
    """What only another object can have otherwise, where there may be another."""
    assert kind.api is not None
    return () if kind.irreversible or not (kind.api.create and kind.api.delete) else kind.fixed


def replaced(name: str, document: Document) -> Document | None:
    """The document with one field another that only a new object can have; None where there is none."""
    if given := GIVEN.get(name, {}).get("anew"):
        return {**document, **copy(given)}
    for pattern in map(parse_path, fixed(find_kind(name))):
        for top in find(document, pattern):
            for path, value in _all(get(document, top), top):
                other = _elsewhere(value) if "${" in str(value) else _other(name, path, value)
                if other:
                    result: Document = copy(document)
                    put(result, path, other)
                    return result
    return None


def _elsewhere(value: str) -> str | None:
    """The same reference to the second object of its kind."""
    kind, found, rest = value.partition(".it")
    return f"{kind}.other{rest}" if found and another(kind.rpartition("${")[2]) else None


def place_of_order(kind: Kind) -> Place:
    """Where the ids of an order stand, whose other ids keep their places; empty for another kind."""
    ordered = [path for path in kind.shared_lists if f"{path}[*]" in kind.references]
    return parse_path(ordered[0]) if ordered and kind.api and not kind.api.create else ()


def _leaves(document: Document) -> list[tuple[Place, Any]]:
    """Plain values, shallow ones first."""
    found = [(path, value) for path, value in _all(document, ())]
    return sorted(found, key=lambda item: (len(item[0]), item[0][0] != "description"))


def _all(value: Any, path: Place) -> list[tuple[Place, Any]]:
    if isinstance(value, dict):
        return [leaf for key, item in value.items() for leaf in _all(item, (*path, key))]
    if isinstance(value, list):
        return [leaf for index, item in enumerate(value) for leaf in _all(item, (*path, index))]
    return [(path, value)]


def _is_fixed(kind: Kind, path: Place) -> bool:
    fixed = (
        *kind.key,
        *kind.immutable,
        *kind.read_only,
        *kind.references,
        *kind.secrets,
        kind.id,
    )
    pattern = tuple("*" if isinstance(step, int) else step for step in path)
    return any(pattern[: len(one)] == one for one in map(parse_path, filter(None, fixed)))


def _other(name: str, path: Place, value: Any) -> Any:
    schema = _Maker(_schema(name)).at(_schema(name), path)
    if "enum" in schema:
        return next((one for one in schema["enum"] if one != value), None) if len(path) == 1 else None
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if schema.get("format"):
        return str(value).replace("2030", "2031")
    if isinstance(value, str) and "${" not in value:
        return f"{value}2" if path[-1] != "type" else None
    return None


def _with_more(name: str, kind: Kind, document: Document) -> Document | None:
    """One optional field more."""
    maker = _Maker(_schema(name))
    for field, schema in _schema(name).get("properties", {}).items():
        if field in document or _is_fixed(kind, (field,)):
            continue
        value = maker.value(schema, "more", 1)
        if isinstance(value, str | bool | int | float) and field not in kind.defaults:
            return {**document, field: value}
    return None


class _Maker:
    """Makes values that fit a schema."""

    def __init__(self, root: Document) -> None:
        self._definitions = root.get("$defs", {})

    def value(self, schema: Document, word: str, depth: int) -> Any:
        schema = self._resolved(schema)
        if "oneOf" in schema:
            return self.value(schema["oneOf"][0], word, depth)
        if "enum" in schema:
            return schema["enum"][0]
        match schema.get("type"):
            case "object":
                properties = schema.get("properties", {})
                required = schema.get("required", ())
                return {
                    key: self.value(properties[key], word, depth + 1) for key in required if key in properties
                }
            case "array":
                return [self.value(schema.get("items", {}), word, depth + 1)] if depth < DEEPEST else []
            case "string":
                return "2030-01-01T00:00:00Z" if "format" in schema else word
            case "integer" | "number":
                return 1
            case "boolean":
                return True
        return {} if depth == 0 else word

    def at(self, schema: Document, path: Place) -> Document:
        """The schema of one place, empty where it is not told."""
        schema = self._resolved(schema)
        for branch in schema.get("oneOf", ()):
            if found := self.at(branch, path):
                return found
        if not path or "oneOf" in schema:
            return schema if not path else {}
        below = (
            schema.get("items", {})
            if isinstance(path[0], int)
            else schema.get("properties", {}).get(path[0], {})
        )
        return self.at(below, path[1:])

    def _resolved(self, schema: Document) -> Document:
        while "$ref" in schema:
            schema = self._definitions[schema["$ref"].rpartition("/")[2]]
        return schema


__all__ = ["changed", "definitions", "sample", "walk"]
