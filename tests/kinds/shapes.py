"""The client's models as flat documents, as kinds write them."""

from __future__ import annotations

from typing import Any

from ddconf.datadog.schema.client_library import Schemas
from ddconf.document import Document, Path


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
