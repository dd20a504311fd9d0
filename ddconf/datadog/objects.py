"""One live object: out of an answer, or read by its id with all its fields."""

from __future__ import annotations

from ddconf.datadog import bodies, parts
from ddconf.datadog.calls import is_gone, permission, send
from ddconf.datadog.client import Client
from ddconf.document import Document
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


def live_of(kind: Kind, document: Document, call: Call, id_: str = "") -> Live:
    """An unwrapped document as a Live; raises ApiError if the call's answer held no object with an id."""
    if not document:
        raise ApiError(call.method, call.path, 200, ("the answer holds no object",))
    found = bodies.id_of(kind, document) or id_
    if not found and not api_of(kind).singleton:
        raise ApiError(call.method, call.path, 200, (f"an object has no {kind.id}",))
    return Live(kind.name, found, document)


def read_by_id(client: Client, kind: Kind, call: Call, id_: str, document: Document) -> Live | None:
    """The object that a read call gives, or None when Datadog says that there is none."""
    api = api_of(kind)
    try:
        with permission(kind, "read"):
            answer = send(client, call, id_, document)
            live = live_of(kind, api.envelope.unwrap(answer), call, id_)
            return parts.read(client, api, live)
    except ApiError as error:
        if is_gone(api, error):
            return None
        raise
