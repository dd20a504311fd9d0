"""JSON Schemas for editors: of one kind, of definition files, and where those find theirs."""

from __future__ import annotations

import json
import os
from pathlib import Path

from ddconf.document import Document
from ddconf.kind import find_kind, kind_names
from ddconf.operations.files import write_file

FILE = Path(".ddconf/schema.json")
"""Where the definition files that ddconf writes look for their schema, from the top of their folder."""

_OPTIONS: Document = {
    "type": "object",
    "description": "Options of ddconf for this definition.",
    "properties": {
        "id": {"type": "string", "description": "The live object to adopt."},
        "protect": {"type": "boolean", "description": "Never delete or replace the object."},
        "ignore": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Paths that are neither compared nor changed.",
        },
        "waive": {
            "type": "object",
            "additionalProperties": {"type": "string", "minLength": 1},
            "description": "Lint rules that do not count here, each with the reason.",
        },
    },
    "additionalProperties": False,
}


def of_kind(name: str) -> Document:
    """The schema of one kind's documents."""
    from ddconf.datadog.schema import json_schema

    return json_schema(find_kind(name))


def of_files() -> Document:
    """The schema of a definition file: kinds, below them names, below them documents."""
    kinds = {name: _named(name) for name in kind_names()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ddconf definitions",
        "type": "object",
        "properties": {
            **kinds,
            "moved": {"type": "array", "items": {"type": "object"}},
            "removed": {"type": "array"},
        },
        "additionalProperties": False,
    }


def place(root: Path) -> None:
    """Put the schema where the definition files of a folder look for it."""
    write_file(root / FILE, json.dumps(of_files()) + "\n")


def first_line(root: Path, file: Path) -> str:
    """What tells the YAML language server of an editor where the schema of a definition file is."""
    way = Path(os.path.relpath(root / FILE, file.parent)).as_posix()
    return f"# yaml-language-server: $schema={way}\n"


def _named(name: str) -> Document:
    document = _moved(of_kind(name), f"properties/{name}/additionalProperties")
    own = {"ddconf": _OPTIONS, "for_each": {"description": "A list or mapping: one definition for each."}}
    document = {**document, "properties": {**document.get("properties", {}), **own}}
    return {"type": "object", "description": find_kind(name).title, "additionalProperties": document}


def _moved(document: Document, place: str) -> Document:
    """The schema with its inner references as they must be where it stands below another one's root."""
    moved: Document = json.loads(json.dumps(document).replace('"#/', f'"#/{place}/'))
    return moved
