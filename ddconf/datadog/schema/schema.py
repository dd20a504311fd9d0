"""Documents checked against what Datadog's API accepts, and that as JSON Schema for editors.

The schemas ship with the package, made from the official client's models by `contract.py`, so that a check
imports nothing heavy. Datadog may be newer: an unknown field is a warning, or nothing where Datadog's own
content has it (`seen_fields.json`), and so is a value where the models lag behind. A misspelling is an error.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.datadog.schema.findings import (
    REFERENCE,
    TYPES,
    SchemaFinding,
    enumeration_finding,
    is_open,
    type_finding,
    unknown_field_finding,
)
from ddconf.document import JSON, Document, copy, find, format_path, get, parse_path
from ddconf.document import Path as Place
from ddconf.errors import Severity
from ddconf.kind import Kind

if TYPE_CHECKING:
    from ddconf.datadog.schema.describe import Field

_FOLDER = Path(__file__).parent / "json"
_EMPTY: tuple[JSON, ...] = (None, {}, [], "")
_WRITE_ONLY = "Datadog never shows it, so an export has none: write ${secret.NAME} before it is made anew"
_NOTES = ("description", "default", "deprecated", "readOnly")
"""What a schema tells people, and does not check."""


def check(kind: Kind, document: Document) -> list[SchemaFinding]:
    """What is wrong with a definition's document; `${...}` may stand anywhere, and null means absent."""
    schema = _load(kind.name)
    found = [*_read_only(kind, document)]
    if schema is not None:
        server = {str(path[0]) for path in map(parse_path, kind.read_only) if len(path) == 1}
        checked = _checker(kind.name, kind.secrets).value(schema, document, (), known=server)
        seen = _seen_fields().get(kind.name, ())
        found += [
            one
            for one in checked
            if one.severity is Severity.ERROR or not (one.field and one.path[-1] in seen)
        ]
    return found


def json_schema(kind: Kind) -> Document:
    """The schema of a kind's document for editors, with descriptions; any value may be a `${...}` too.

    `{}` for a kind without one.
    """
    from ddconf.datadog.schema.describe import annotate

    schema = copy(_load(kind.name))
    if schema is None:
        return {}
    annotate(kind, schema)
    return {**_with_references(schema), "title": kind.title or kind.name}


def fields(kind: Kind) -> list[Field]:
    """The fields of a kind's documents, for people."""
    from ddconf.datadog.schema import describe

    return describe.fields(kind, copy(_load(kind.name) or {}))


def required(kind: Kind) -> Collection[str]:
    """The fields that every document of a kind must have."""
    found: Collection[str] = (_load(kind.name) or {}).get("required", ())
    return found


@cache
def optional(name: str) -> frozenset[str]:
    """The fields that the schema of a kind has somewhere, and demands nowhere."""
    named: set[str] = set()
    demanded: set[str] = set()
    waiting: list[JSON] = [_load(name)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            named |= node.get("properties", {}).keys()
            demanded.update(node.get("required", ()))
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
    return frozenset(named - demanded)


@cache
def _seen_fields() -> dict[str, list[str]]:
    """By kind, the fields that its schema lacks and that Datadog has taken or published."""
    found: dict[str, list[str]] = json.loads((Path(__file__).parent / "seen_fields.json").read_bytes())
    return found


@cache
def _load(name: str) -> Document | None:
    path = _FOLDER / f"{name}.json"
    if not path.is_file():
        return None
    schema: Document = json.loads(path.read_text(encoding="utf-8"))
    return schema


@cache
def _checker(name: str, secrets: tuple[str, ...]) -> Checker:
    return Checker(_load(name) or {}, secrets)


class Checker:
    """Walks documents along one schema, which must not change."""

    def __init__(self, root: Document, secrets: Iterable[str] = ()) -> None:
        self._definitions: Document = root.get("$defs", {})
        self._secrets = [parse_path(text) for text in secrets]
        self._fixed: dict[int, dict[str, list[JSON]]] = {}

    def value(
        self, schema: Document, value: JSON, path: Place, known: Iterable[str] = ()
    ) -> list[SchemaFinding]:
        schema = self._resolved(schema)
        if value is None or (isinstance(value, str) and REFERENCE in value):
            return []
        if "oneOf" in schema:
            return self._one_of(schema["oneOf"], value, path)
        if "enum" in schema:
            return enumeration_finding(schema["enum"], value, path)
        if wrong := type_finding(schema.get("type"), value, path):
            return [wrong]
        if isinstance(value, list):
            items = schema.get("items", {})
            return [
                finding
                for index, item in enumerate(value)
                for finding in self.value(items, item, (*path, index))
            ]
        return list(self._mapping(schema, value, path, known)) if isinstance(value, dict) else []

    def _mapping(
        self, schema: Document, value: Document, path: Place, known: Iterable[str]
    ) -> Iterator[SchemaFinding]:
        properties: Document = schema.get("properties", {})
        others = schema.get("additionalProperties")
        # Inside a document, fields that are both new and missing are a shape that the models do not know yet.
        newer = path and not others and any(name not in properties for name in value)
        for name in schema.get("required", ()):
            if value.get(name) is None:
                secret = self._is_secret((*path, name))
                severity = Severity.WARNING if newer or secret else Severity.ERROR
                yield SchemaFinding(path, f"'{name}' is missing", _WRITE_ONLY if secret else "", severity)
        for name, item in value.items():
            if name in properties:
                yield from self.value(properties[name], item, (*path, name))
            elif others:
                yield from self.value(others, item, (*path, name))
            elif properties and name not in known:
                yield unknown_field_finding(name, properties, value, (*path, name))

    def _is_secret(self, path: Place) -> bool:
        """Whether a write-only value stands there."""
        return tuple("*" if isinstance(step, int) else step for step in path) in self._secrets

    def _one_of(self, branches: list[Document], value: JSON, path: Place) -> list[SchemaFinding]:
        """The findings of the branch that fits best; an unknown kind of thing is only a warning."""
        branches = list(self._flat(branches))
        if not isinstance(value, dict):
            return min((self.value(branch, value, path) for branch in branches), key=_weight)
        viable = [branch for branch in branches if self._may_be(branch, value)]
        if viable:
            return min((self.value(branch, value, path) for branch in viable), key=_weight)
        if (tag := self._tag(branches, value)) is None:
            return min((self.value(branch, value, path) for branch in branches), key=_weight)
        values = [one for branch in branches for one in self._allowed(branch, tag)]
        return enumeration_finding(values, value[tag], (*path, tag))

    def _flat(self, branches: list[Document]) -> Iterator[Document]:
        """The branches, those of a branch that is itself a choice among them."""
        for branch in branches:
            inner = self._resolved(branch)
            if "oneOf" in inner:
                yield from self._flat(inner["oneOf"])
            else:
                yield inner

    def _may_be(self, branch: Document, value: Document) -> bool:
        """Whether no field with a fixed set of values speaks against it."""
        return "properties" in branch and all(
            name not in value or value[name] in allowed or is_open(value[name])
            for name, allowed in self._enumerated(branch).items()
        )

    def _enumerated(self, branch: Document) -> dict[str, list[JSON]]:
        """The fields of a branch that have a fixed set of values."""
        found = self._fixed.get(id(branch))
        if found is None:
            allowed = {name: self._allowed(branch, name) for name in branch["properties"]}
            found = self._fixed[id(branch)] = {name: values for name, values in allowed.items() if values}
        return found

    def _tag(self, branches: list[Document], value: Document) -> str | None:
        """The field whose values tell the branches apart."""
        for name in ("type", *value):
            if name in value and all(self._allowed(branch, name) for branch in branches):
                return name
        return None

    def _allowed(self, branch: Document, name: str) -> list[JSON]:
        properties = self._resolved(branch).get("properties", {})
        allowed: list[JSON] = self._resolved(properties.get(name, {})).get("enum", [])
        return allowed

    def _resolved(self, schema: Document) -> Document:
        while "$ref" in schema:
            schema = self._definitions[schema["$ref"].rpartition("/")[2]]
        return schema


def _read_only(kind: Kind, document: Document) -> Iterator[SchemaFinding]:
    """One warning for each of the server's own fields that a definition sets."""
    for text in kind.read_only:
        places = [place for place in find(document, parse_path(text)) if get(document, place) not in _EMPTY]
        if places:
            message = f"'{format_path(places[-1])}' is Datadog's own: it is neither compared nor sent"
            yield SchemaFinding(places[-1], message, "remove it", Severity.WARNING)


def _weight(findings: list[SchemaFinding]) -> tuple[int, int]:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    return errors, len(findings)


def _with_references(schema: JSON) -> JSON:
    """Let a reference stand wherever something else than text is asked for; a choice need not be clear."""
    if isinstance(schema, list):
        return [_with_references(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {
        "anyOf" if key == "oneOf" else key: {name: _with_references(item) for name, item in value.items()}
        if key in ("properties", "$defs")
        else _with_references(value)
        if key in ("items", "additionalProperties", "oneOf")
        else value
        for key, value in schema.items()
    }
    if "$defs" in inner or not ("enum" in inner or inner.get("type") in TYPES.keys() - {"string"}):
        return inner
    notes = {key: inner.pop(key) for key in _NOTES if key in inner}
    return {"anyOf": [inner, {"type": ["string", "null"], "pattern": r"\$\{"}], **notes}
