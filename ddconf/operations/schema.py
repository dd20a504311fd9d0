"""JSON Schemas for editors: of one kind, of definition files, and where those find theirs."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from ddconf import __version__
from ddconf.cache.code_version import code_version
from ddconf.document import Document
from ddconf.kind import find_kind, kind_names
from ddconf.operations.write_files import write_file

FILE = Path(".ddconf/schema.json")
"""Where the definition files that ddconf writes look for their schema, from the top of their folder."""

_OPTIONS: Document = {
    "type": "object",
    "description": "Options of ddconf for this definition.",
    "properties": {
        "id": {"type": "string", "description": "The live object to adopt."},
        "adopt": {"type": "boolean", "description": "Take the object over though another state owns it."},
        "protect": {"type": "boolean", "description": "Never delete or replace the object."},
        "ignore": {
            "type": "array",
            "items": {"type": "string"},
            "description": "Paths that are neither compared nor changed.",
        },
        "waive": {
            "type": "object",
            "additionalProperties": {
                "anyOf": [
                    {"type": "string", "minLength": 1},
                    {
                        "type": "object",
                        "properties": {
                            "reason": {"type": "string", "minLength": 1},
                            "until": {"type": "string", "description": "The last day, such as 2027-03-31."},
                        },
                        "required": ["reason"],
                        "additionalProperties": False,
                    },
                ]
            },
            "description": "Lint rules that do not count here, each with the reason.",
        },
    },
    "additionalProperties": False,
}
_MOVED: Document = {
    "type": "array",
    "description": "Addresses that have changed; the objects stay as they are.",
    "items": {
        "type": "object",
        "properties": {
            "from": {"type": "string", "description": "The address before, such as monitor.cpu."},
            "to": {"type": "string", "description": "The address now."},
        },
        "required": ["from", "to"],
        "additionalProperties": False,
    },
}
_REMOVED: Document = {
    "type": "array",
    "description": "Addresses to forget; their objects stay as they are.",
    "items": {"type": "string"},
}


def of_kind(name: str) -> Document:
    """The schema of one kind's documents."""
    from ddconf.datadog.schema.schema import json_schema

    return json_schema(find_kind(name))


def of_files() -> Document:
    """The schema of a definition file: kinds, below them names, below them documents."""
    kinds: Document = {}
    models: Document = {}
    for name in kind_names():
        document = _with_own(_renamed(of_kind(name), name))
        models |= document.pop("$defs", {})
        kinds[name] = {
            "type": "object",
            "description": document["description"],
            "additionalProperties": document,
        }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "ddconf definitions",
        "type": "object",
        "properties": {**kinds, "moved": _MOVED, "removed": _REMOVED},
        "additionalProperties": False,
        "$defs": models,
    }


def write_schema_file(root: Path) -> None:
    """Put the schema where the definition files of a folder look for it, unless this version's is there."""
    file = root / FILE
    mark = json.dumps({"$comment": f"ddconf {__version__} {code_version().hex()}"})[:-1]
    with suppress(OSError), file.open(encoding="utf-8") as stream:
        if stream.read(len(mark)) == mark:
            return
    write_file(file, f"{mark},{json.dumps(of_files(), separators=(',', ':'))[1:]}\n")


def first_line(root: Path, file: Path) -> str:
    """What tells the YAML language server of an editor where the schema of a definition file is."""
    way = Path(os.path.relpath(root / FILE, file.parent)).as_posix()
    return f"# yaml-language-server: $schema={way}\n"


def _with_own(document: Document) -> Document:
    """The schema with the fields of a definition that are ours."""
    own = {"ddconf": _OPTIONS, "for_each": {"description": "A list or mapping: one definition for each."}}
    return {**document, "properties": {**document.get("properties", {}), **own}}


def _renamed(document: Document, kind: str) -> Document:
    """The schema with its models called after the kind too, to stand among those of other kinds."""
    text = json.dumps(document).replace('"#/$defs/', f'"#/$defs/{kind}.')
    renamed: Document = json.loads(text)
    models = renamed.get("$defs", {}).items()
    return {**renamed, "$defs": {f"{kind}.{name}": model for name, model in models}}
