"""Pipelines as integrations ship them, turned into the form of the API.

Asset files have camel-case keys, a table as one text, and the pipeline beside its facets.
"""

from __future__ import annotations

import re
from typing import Any

from ddconf.document import JSON, Document, copy
from ddconf.pipelines.attributes import text_of

_RENAMED = {
    "enabled": "is_enabled",
    "encoded": "is_encoded",
    "replaceMissing": "is_replace_missing",
}
_UNKNOWN_TO_THE_API = frozenset(("ocsf", "ip_processing_behavior", "combine_version_details"))
_CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")
_KEYS_ARE_PATHS = frozenset(("values", "sources"))


def is_asset(document: Document) -> bool:
    """Whether the document is an integration's file or the pipeline in it, rather than the API's form."""
    inner = document.get("pipeline")
    return isinstance(inner, dict) or "enabled" in document


def facets(document: Document) -> list[Document]:
    """The facets that an integration's file has beside its pipeline."""
    found = document.get("facets")
    return [copy(item) for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def to_api(document: JSON) -> Any:
    """The pipeline in the API's form; a document in that form stays as it is."""
    if not isinstance(document, dict):
        return document
    inner = document.get("pipeline")
    return _converted(inner if isinstance(inner, dict) else document)


def _converted(node: JSON) -> JSON:
    if isinstance(node, list):
        return [_converted(item) for item in node]
    if not isinstance(node, dict):
        return node
    converted: Document = {}
    for key, value in node.items():
        name = _RENAMED.get(key) or _CAPITAL.sub(r"_\1", key).lower()
        if name in _UNKNOWN_TO_THE_API or (value is None and name != key):
            continue
        if name == "lookup_table" and isinstance(value, str):
            converted[name] = [row for row in value.split("\n") if row.strip()]
        elif name == "template" and isinstance(value, int | float) and not isinstance(value, bool):
            converted[name] = text_of(value)
        elif key in _KEYS_ARE_PATHS and isinstance(value, dict):
            converted[name] = copy(value)
        else:
            converted[name] = _converted(value)
    return converted
