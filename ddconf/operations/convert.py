"""Datadog's own files as definitions: JSON of its web interface or API, log assets with their facets."""

from __future__ import annotations

import re
from pathlib import Path

from ddconf.definitions import references
from ddconf.definitions.api_json import kind_of, objects
from ddconf.definitions.files import decode, read_bytes, shown
from ddconf.definitions.yaml import reader, write
from ddconf.document import JSON, Document
from ddconf.errors import DdconfError, Diagnostic, Source
from ddconf.kind import Kind, Live, find_kind
from ddconf.operations.export.as_definition import present
from ddconf.operations.export.names import name_for
from ddconf.pipelines import asset

_PIPELINE = "logs_custom_pipeline"


def convert(file: Path) -> str:
    """The definitions of a file as YAML text; raises DdconfError for what is no object of Datadog."""
    found: Document = {}
    for value, positions in reader.load(decode(read_bytes(file), shown(file)), shown(file), last_wins=True):
        for item in objects(value):
            if asset.is_asset(item) and kind_of(item) in ("", _PIPELINE):
                _add_asset(found, item, file.stem)
            elif kind := kind_of(item):
                _add(found, find_kind(kind), item)
            else:
                raise DdconfError(_unknown(positions.get(()) or Source(shown(file), 1, 1)))
    return write.dump(found)


def _add(found: Document, kind: Kind, item: Document) -> None:
    names = found.setdefault(kind.name, {})
    wanted = name = name_for(kind, Live(kind.name, "", item), {})
    number = 2
    while name in names:
        name, number = f"{wanted}_{number}", number + 1
    names[name] = present(kind, item, {})


def _add_asset(found: Document, item: Document, stem: str) -> None:
    pipeline = references.escape(asset.to_api(item))
    pipeline.pop("type", None)  # Datadog's own: every pipeline has it
    name = _name(item.get("id") or pipeline.get("name") or stem)
    found.setdefault(_PIPELINE, {})[name] = pipeline
    for facet in asset.facets(item):
        path = _name(f"{name}_{facet.get('path', '')}")
        found.setdefault("logs_facet", {})[path] = references.escape(_known(facet))


def _known(facet: Document) -> Document:
    """Without fields that no facet has: Datadog passes over them, and its own files misspell some."""
    from ddconf.datadog.schema import schema

    kind = find_kind("logs_facet")
    known = {*schema.required(kind), *schema.optional(kind.name)}
    return {name: value for name, value in facet.items() if name in known}


def _unknown(source: Source) -> Diagnostic:
    return Diagnostic(
        "this is not a file that can be converted",
        source,
        "take the JSON of a dashboard, monitor or pipeline, or a log-asset file with `pipeline:`",
    )


def _name(text: JSON) -> str:
    return re.sub(r"[^a-z0-9_-]+", "_", str(text).lower()).strip("_-") or "unnamed"
