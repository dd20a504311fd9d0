"""Documents made into the bodies of writes, and the id and the secrets found in them."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.datadog.objects.calls import fields_of
from ddconf.document import JSON, Document, Path, copy, drop, find, get, parse_path, put
from ddconf.kind import Api, Call, Kind

_EMPTY: tuple[JSON, ...] = (None, [], {}, "")


def for_create(kind: Kind, api: Api, call: Call, document: Document) -> JSON:
    """The whole body of a create."""
    if call.body:
        return call.body(_without(document, (*kind.read_only, *api.parts)))
    sent = _without(document, (*kind.read_only, *api.parts, *fields_of(call)))
    return api.envelope.wrap(sent, None)


def for_update(
    kind: Kind, api: Api, call: Call, id_: str, document: Document, live_document: Document
) -> JSON:
    """The whole body of an update, None when only parts differ.

    Where the server merges, a top-level field that live has and the document lacks is sent as null. Ids of
    items in lists are sent back, so that what refers to them still finds them.
    """
    unsent = (*(path for path in kind.read_only if not path.endswith("[*].id")), *api.parts)
    if (
        call.body
    ):  # it chooses for itself, so the fields that never change and those of the path are there too
        whole: Document = copy(document)
        for path in map(parse_path, kind.immutable):
            if (fixed := get(live_document, path)) is not None and get(whole, path) is None:
                put(whole, path, fixed)
        return call.body({**_without(whole, unsent), **({kind.id: id_} if kind.id else {})})
    unsent = (*unsent, *fields_of(call), *kind.immutable)
    sent = _without(document, unsent)
    before = _without(live_document, unsent)
    if api.parts and sent == before:
        return None
    if api.merges:
        sent |= {key: None for key, value in before.items() if key not in sent and value not in _EMPTY}
    return api.envelope.wrap(sent, id_)


def id_of(kind: Kind, document: Document) -> str:
    """The id a document holds, as text; empty when it holds none."""
    paths = (kind.id,) if kind.id else kind.key
    values = [get(document, parse_path(path)) for path in paths]
    if any(value is None or isinstance(value, dict | list) for value in values):
        return ""
    return "/".join(map(str, values))


def fields_of_id(kind: Kind, id_: str) -> Document:
    """The fields of the key that an id is made of: what `id_of` has joined; empty for another id."""
    values = id_.split("/")
    document: Document = {}
    if not kind.id and len(values) == len(kind.key):
        for path, value in zip(map(parse_path, kind.key), values, strict=True):
            put(document, path, value)
    return document


def secrets(kind: Kind, document: Document) -> Iterator[str]:
    """The texts at the kind's write-only paths."""
    for pattern in (*kind.hidden(document), *kind.sensitive):
        for path in find(document, parse_path(pattern)):
            if isinstance(value := get(document, path), str):
                yield value


def _without(document: Document, patterns: tuple[str, ...]) -> Document:
    """A copy less these paths; a mapping that they leave empty goes too."""
    found: Document = copy(document)
    for text in patterns:
        pattern = parse_path(text)
        parents = {path[:-1] for path in find(found, pattern)}
        drop(found, pattern)
        for parent in parents:
            _prune(found, parent)
    return found


def _prune(document: Document, path: Path) -> None:
    while path and get(document, path) == {} and isinstance(path[-1], str):
        del get(document, path[:-1])[path[-1]]
        path = path[:-1]
