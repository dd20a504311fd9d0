"""Changes of a document by JSON Patch (RFC 6902)."""

from __future__ import annotations

import copy

from ddconf.emulator.wire import Document, Json, texts


def patched(document: Document, operations: list[Document]) -> Document:
    """A changed copy; an operation that does not fit is refused."""
    changed: Document = copy.deepcopy(document)
    for operation in operations:
        try:
            _apply(changed, operation)
        except (KeyError, IndexError, TypeError, ValueError) as error:
            raise texts(400, f"Invalid JSON patch: {operation}") from error
    return changed


def _apply(document: Document, operation: Document) -> None:
    path = operation["path"]
    match operation["op"]:
        case "add":
            _add(document, path, operation["value"])
        case "replace":
            _take(document, path)
            _add(document, path, operation["value"])
        case "remove":
            _take(document, path)
        case "move":
            _add(document, path, _take(document, operation["from"]))
        case "copy":
            _add(document, path, copy.deepcopy(_get(document, operation["from"])))
        case "test":
            if _get(document, path) != operation["value"]:
                raise ValueError(path)
        case other:
            raise ValueError(other)


def _keys(path: str) -> list[str]:
    return [key.replace("~1", "/").replace("~0", "~") for key in path.removeprefix("/").split("/")]


def _get(node: Json, path: str) -> Json:
    for key in _keys(path):
        node = node[int(key) if isinstance(node, list) else key]
    return node


def _parent(document: Document, path: str) -> tuple[Json, str]:
    above, _, last = path.rpartition("/")
    return (_get(document, above) if above else document), _keys(last)[0]


def _add(document: Document, path: str, value: Json) -> None:
    parent, key = _parent(document, path)
    if isinstance(parent, list):
        parent.insert(len(parent) if key == "-" else int(key), value)
    else:
        parent[key] = value


def _take(document: Document, path: str) -> Json:
    parent, key = _parent(document, path)
    return parent.pop(int(key)) if isinstance(parent, list) else parent.pop(key)
