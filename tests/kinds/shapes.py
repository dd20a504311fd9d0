"""The client's models as flat documents, as kinds write them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ddconf.datadog.schema.client_library import Schemas
from ddconf.document import Document, Path, canonical


def flat(schemas: Schemas, model: Any) -> Document:
    """The fields of a model, envelope removed; of a choice, those of every branch."""
    fields: Document = schemas.flat(schemas.of((model,)))["properties"]
    return fields


def exists(schemas: Schemas, schema: Document, path: Path) -> bool:
    """Whether a path leads somewhere in a schema."""
    schema = schemas.resolved(schema)
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


def only_in(schemas: Schemas, some: list[Document], others: list[Document]) -> Iterator[Path]:
    """The paths below fields of both that some schemas have and the others do not; closed mappings alone."""
    yield from _only_in(schemas, (some, others), (), frozenset())


_Sides = tuple[list[Document], list[Document]]


def _only_in(schemas: Schemas, sides: _Sides, path: Path, seen: frozenset[str]) -> Iterator[Path]:
    some, others = (_branches(schemas, side) for side in sides)
    named, known = (_names(side) for side in (some, others))
    if path and known and not any(map(_is_open, others)):
        yield from ((*path, name) for name in sorted(named - known))
    for step in [*sorted(named & known), "*"]:
        below = _below(some, step), _below(others, step)
        text = canonical(below)
        if all(below) and below[0] != below[1] and text not in seen:  # models refer to themselves
            yield from _only_in(schemas, below, (*path, step), seen | {text})


def _branches(schemas: Schemas, shapes: list[Document]) -> list[Document]:
    found = [schemas.resolved(shape) for shape in shapes]
    return [
        branch
        for shape in found
        for branch in (_branches(schemas, shape["oneOf"]) if "oneOf" in shape else [shape])
    ]


def _names(branches: list[Document]) -> set[str]:
    return {name for branch in branches for name in branch.get("properties", {})}


def _below(branches: list[Document], step: str) -> list[Document]:
    if step == "*":
        return [branch["items"] for branch in branches if "items" in branch]
    return [branch["properties"][step] for branch in branches if step in branch.get("properties", {})]


def _is_open(branch: Document) -> bool:
    """Whether a mapping may have fields that are not named."""
    return not branch or bool(branch.get("additionalProperties")) or not _names([branch])
