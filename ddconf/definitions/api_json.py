"""Datadog's own JSON, as its web interface and its API give it: which kind's object a document is."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ddconf.document import JSON, Document
from ddconf.kind import find_kind, kind_names


def objects(value: JSON) -> Iterator[Document]:
    """The objects of a document: itself, the items of a list, the attributes in an envelope."""
    if isinstance(value, list):
        for item in value:
            yield from objects(item)
    elif isinstance(value, dict):
        data = value.get("data")
        inner = data.get("attributes") if isinstance(data, dict) else None
        yield inner if isinstance(inner, dict) else value


def kind_of(document: Document) -> str:
    """The kind whose fields the document has; empty for what is no object of Datadog."""
    if _is_of_kubernetes(document):
        return ""
    return next((name for fields, name in _shapes() if fields <= document.keys()), "")


def _is_of_kubernetes(document: Document) -> bool:
    """Entities of the catalog have the same keys, under versions such as v2.2 and v3."""
    version = document.get("apiVersion")
    return isinstance(version, str) and ("/" in version or version == "v1")


@cache
def _shapes() -> list[tuple[frozenset[str], str]]:
    """The fields that tell a kind, those of the most telling first."""
    found = [(frozenset(find_kind(name).told_by), name) for name in kind_names()]
    return sorted((one for one in found if one[0]), key=lambda one: (-len(one[0]), one[1]))
