"""One live object: out of an answer, or read by its id with all its fields."""

from __future__ import annotations

from ddconf.datadog.http.client import Client
from ddconf.datadog.objects import bodies, parts
from ddconf.datadog.objects.calls import fields_of, is_gone, permission, send
from ddconf.document import Document, get, parse_path
from ddconf.errors import ApiError, DdconfError
from ddconf.kind import Api, Call, Kind, Live


def api_of(kind: Kind) -> Api:
    if kind.api is None:
        raise DdconfError(f"{kind.name} has no API here: {kind.manual}")
    return kind.api


def needed(kind: Kind, call: Call | None, verb: str) -> Call:
    """The call, or a DdconfError that the kind has none."""
    if call is None:
        raise DdconfError(f"a {kind.name} cannot be {verb} through the API")
    return call


def with_id(kind: Kind, id_: str, document: Document) -> Document:
    """The document with its id in the field that holds it, as paths and odd bodies want it."""
    return {**document, kind.id: id_} if kind.id else document


def fields_for(kind: Kind, document: Document) -> Document:
    """The fields of a document that only a path holds, which answers leave out."""
    api = api_of(kind)
    names = {api.parent[0], *(fields_of(api.read) if api.read else ())}
    return {name: document[name] for name in sorted(names) if name in document}


def fills(document: Document, call: Call) -> bool:
    """Whether the document has every field of the call's path."""
    return all(get(document, parse_path(path)) is not None for path in fields_of(call))


def is_own(kind: Kind, document: Document) -> bool:
    """Whether an object is of this kind, not of another behind the same list.

    Absent, null and false are one here: older objects lack younger fields.
    """
    where = api_of(kind).where.items()
    return all((document.get(field) or None) == (value or None) for field, value in where)


def live_of(kind: Kind, document: Document, call: Call, id_: str = "") -> Live:
    """An unwrapped document as a Live; raises ApiError if the call's answer held no object with an id."""
    if not document:
        raise ApiError(call.method, call.path, 200, ("the answer holds no object",))
    found = bodies.id_of(kind, document) or id_
    if not found and kind.key:
        raise ApiError(call.method, call.path, 200, (f"an object has no {kind.id}",))
    return Live(kind.name, found, document)


def read_by_id(client: Client, kind: Kind, call: Call, id_: str, document: Document) -> Live | None:
    """The object that a read call gives, or None when there is none, or one of another kind."""
    api = api_of(kind)
    try:
        with permission(kind, "read"):
            answer = send(client, call, id_, document)
            shown = api.envelope.unwrap(answer)
            nothing = not shown and api.list is None and kind.id in kind.key
            if nothing or (shown and not is_own(kind, {**api.where, **shown})):
                return None
            shown = {**fields_for(kind, document), **shown} if shown else shown
            return parts.read(client, api, live_of(kind, shown, call, id_))
    except ApiError as error:
        if is_gone(api, error):
            return None
        raise
