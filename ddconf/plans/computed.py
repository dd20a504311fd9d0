"""Values that Datadog chooses where a definition has none: such a choice is not a difference."""

from __future__ import annotations

from ddconf.document import Document, find, get, parse_path, remove
from ddconf.kind import Kind


def drop_computed(kind: Kind, document: Document, definition: Document) -> None:
    """Take the computed values that the definition does not name out of a normalized document."""
    for pattern in map(parse_path, kind.computed):
        for path in list(find(document, pattern)):
            if get(definition, path) is None:
                remove(document, path)
                if path[:-1] and get(document, path[:-1]) == {} and isinstance(path[-2], str):
                    remove(document, path[:-1])
