"""Datadog's own log-asset files as definitions: a pipeline and its facets."""

from __future__ import annotations

import re
from pathlib import Path

from ddconf.definitions import references
from ddconf.definitions.files import decode, read_bytes, shown
from ddconf.definitions.yaml import reader, write
from ddconf.document import JSON, Document
from ddconf.errors import DdconfError, Diagnostic, Source
from ddconf.pipelines import asset


def convert(file: Path) -> str:
    """The definitions of an asset file as YAML text; raises DdconfError where it is none."""
    found: Document = {}
    for value, positions in reader.load(decode(read_bytes(file), shown(file)), shown(file), last_wins=True):
        if not isinstance(value, dict) or not asset.is_asset(value):
            raise DdconfError(_no_asset(positions.get(()) or Source(shown(file), 1, 1)))
        pipeline = references.escape(asset.to_api(value))
        pipeline.pop("type", None)  # Datadog's own: every pipeline has it
        name = _name(value.get("id") or pipeline.get("name") or file.stem)
        found.setdefault("logs_custom_pipeline", {})[name] = pipeline
        for facet in asset.facets(value):
            found.setdefault("logs_facet", {})[_name(f"{name}_{facet.get('path', '')}")] = references.escape(
                facet
            )
    return write.dump(found)


def _no_asset(source: Source) -> Diagnostic:
    return Diagnostic(
        "this is not a log-asset file",
        source,
        "it has `id`, `facets:` and `pipeline:`, as in an integration's assets/logs folder",
    )


def _name(text: JSON) -> str:
    return re.sub(r"[^a-z0-9_-]+", "_", str(text).lower()).strip("_-") or "unnamed"
