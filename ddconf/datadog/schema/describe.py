"""Descriptions of a kind's fields, in words of our own: from the kind's tables and the names of fields."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import NamedTuple

from ddconf.datadog.schema.field_words import meaning
from ddconf.document import JSON, Document, Path, parse_path
from ddconf.kind import Kind, documentation, find_kind

_TIME = "A point in time, such as `2030-01-31T12:00:00Z`."
_MOST = 5
"""Values of an enumeration that a short list shows."""
_LONGEST = 40
"""Characters of a default that a description shows."""


def annotate(kind: Kind, schema: Document) -> None:
    """Put descriptions, defaults and `readOnly` into a kind's schema, which is changed."""
    notes = _Notes(schema)
    for name, field in _fields(schema):
        notes.by_name(name, field)
    for text, facts in _facts(kind):
        path = parse_path(text)
        for field in notes.at(path[:-1] if path[-1] == "*" else path):
            notes.add(field, facts)
    for text in kind.read_only:
        for field in notes.at(parse_path(text)):
            field["readOnly"] = True
    for text, value in kind.defaults.items():
        for field in notes.at(parse_path(text)):
            field["default"] = value
    for text in kind.secrets:
        notes.waive(parse_path(text))
    schema["description"] = about(kind)


class Field(NamedTuple):
    """One field of a kind's document, for people."""

    name: str
    type: str
    required: bool
    description: str


def fields(kind: Kind, schema: Document) -> list[Field]:
    """The fields of a kind's documents, those that must be there first; Datadog's own are left out."""
    notes = _Notes(schema)
    annotate(kind, schema)
    required = schema.get("required", ())
    found = [
        Field(name, notes.type_of(field), name in required, field.get("description", ""))
        for name, field in schema.get("properties", {}).items()
        if not field.get("readOnly")
    ]
    return sorted(found, key=lambda field: not field.required)


def about(kind: Kind) -> str:
    """A few sentences on a kind, with the page of Datadog's documentation."""
    said = (kind.title, f"Area: {kind.area}", kind.notes, kind.irreversible, kind.opt_in, kind.manual)
    sentences = [f"{text[0].upper()}{text[1:].rstrip('.')}." for text in said if text]
    return " ".join([*sentences, documentation(kind.name)])


def _facts(kind: Kind) -> Iterator[tuple[str, str]]:
    """Each path of a kind's tables with what the table says of it."""
    for text, targets in kind.targets:
        yield text, f"An id of another object is written {_written(targets[0])}."
    for text in kind.secrets:
        flag = f" unless `{kind.secret_if[text]}` is false" if text in kind.secret_if else ""
        yield text, f"Secret{flag}, never shown again: write `${{secret.NAME}}`."
    for text in kind.sensitive:
        yield text, "May hold a secret, and is shown as one: write `${secret.NAME}`."
    for text in kind.key:
        together = f" (with {', '.join(f'`{one}`' for one in kind.key if one != text)})"
        one = " Datadog refuses a second one." if kind.unique_key else ""
        yield text, f"Tells objects apart{together if kind.key[1:] else ''}.{one}"
    for text in kind.immutable:
        replaced = kind.api and kind.api.create and kind.api.delete
        yield text, "A change replaces the object." if replaced else "It cannot be changed later."
    for text in kind.read_only:
        yield text, "Datadog's own: neither compared nor sent."
    for text, value in kind.defaults.items():
        if len(shown := json.dumps(value)) <= _LONGEST:
            yield text, f"Left out, it is `{shown}`."
    for text in kind.unordered:
        yield text, "The order means nothing."
    for text in kind.shared_lists:
        yield text, "What others have added stays, at its place."
    for text, field in kind.identity.items():
        yield text, f"Items are told apart by `{field}`."
    for group in kind.together:
        for text in group:
            others = ", ".join(f"`{one}`" for one in group if one != text)
            yield text, f"Sent together with {others}."


def _fields(schema: Document) -> Iterator[tuple[str, Document]]:
    """Every field anywhere in a schema, with its name."""
    for shape in (schema, *schema.get("$defs", {}).values()):
        for part in _shapes(shape):
            yield from part.get("properties", {}).items()


def _shapes(schema: JSON) -> Iterator[Document]:
    """A schema and those that stand in it, but for the definitions."""
    if isinstance(schema, dict):
        yield schema
        below = (*schema.get("properties", {}).values(), *schema.get("oneOf", ()))
        for inner in (*below, schema.get("items"), schema.get("additionalProperties")):
            yield from _shapes(inner)


def _written(target: str) -> str:
    """How a definition calls an object of a kind, or one by another field than its id."""
    name, _, field = target.partition(".")
    api = find_kind(name).api
    if api is not None and api.system_owned:
        return f"`${{{name}[ITS NAME]}}`"
    return f"`${{{name}.NAME{'.' * bool(field)}{field}}}`"


class _Notes:
    """Finds the places of one schema, and writes to them."""

    def __init__(self, root: Document) -> None:
        self._root = root

    def by_name(self, name: str, field: Document) -> None:
        """What the name and the type of a field tell, and whether it is of the past."""
        shape = self._resolved(field)
        time = shape.get("format") == "date-time"
        said = meaning(name, shape.get("type", "")) or (_TIME if time else "")
        self.add(field, said)
        if field.get("deprecated"):
            instead = " and ".join(f"`{one}`" for one in field.pop("x-instead", ()))
            self.add(field, f"Deprecated; use {instead}." if instead else "Deprecated.")

    def add(self, field: Document, sentence: str) -> None:
        """One sentence more, unless it is there."""
        said = field.get("description", "")
        if sentence and sentence not in said:
            field["description"] = f"{said} {sentence}".strip()

    def waive(self, path: Path) -> None:
        """Let a required field be missing, as write-only ones are in what was exported."""
        for above in [self._root] if len(path) == 1 else self.at(path[:-1]):
            for shape in self._branches(above):
                if path[-1] in (required := shape.get("required", ())):
                    shape["required"] = [name for name in required if name != path[-1]]

    def at(self, path: Path) -> list[Document]:
        """The fields that a path leads to, in every branch of a choice."""
        found = list(self._below(self._root, path))
        return [field for at, field in enumerate(found) if not any(field is one for one in found[:at])]

    def type_of(self, schema: Document) -> str:
        """What may stand in a field, in short."""
        shape = self._resolved(schema)
        if "enum" in shape:
            several = [str(value) for value in shape["enum"][:_MOST]]
            return " | ".join([*several, *(["..."] if len(shape["enum"]) > _MOST else [])])
        if shape.get("type") == "array":
            return f"list of {self.type_of(shape.get('items', {}))}"
        found = str(shape.get("type", "any"))
        return "mapping" if found == "object" else found

    def _below(self, schema: Document, path: Path) -> Iterator[Document]:
        if not path:
            yield schema
            return
        step, rest = path[0], path[1:]
        for shape in self._branches(schema):
            if step == "*" or isinstance(step, int):
                below = shape.get("items") or shape.get("additionalProperties")
            else:
                below = shape.get("properties", {}).get(step)
            if isinstance(below, dict):
                yield from self._below(below, rest)

    def _branches(self, schema: Document) -> Iterator[Document]:
        """The schema itself, and those that it is a choice of."""
        shape = self._resolved(schema)
        yield shape
        for branch in shape.get("oneOf", ()):
            yield from self._branches(branch)

    def _resolved(self, schema: Document) -> Document:
        while "$ref" in schema:
            schema = self._root["$defs"][schema["$ref"].rpartition("/")[2]]
        return schema
