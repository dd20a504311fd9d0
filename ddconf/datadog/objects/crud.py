"""The live side's verbs: a Kind and a Client list, read, create, update, delete and check documents."""

from __future__ import annotations

from ddconf.datadog.http.client import Client
from ddconf.datadog.objects import bodies, parts
from ddconf.datadog.objects.calls import is_gone, permission, send
from ddconf.datadog.objects.reader import list_all, list_many
from ddconf.datadog.objects.single import api_of, fields_for, fills, needed, read_by_id, with_id
from ddconf.document import JSON, Document
from ddconf.errors import ApiError
from ddconf.kind import Kind, Live
from ddconf.kind.mark import with_mark

__all__ = ["check", "create", "delete", "list_all", "list_many", "read", "update"]


def read(client: Client, kind: Kind, id_: str, *, document: Document | None = None) -> Live | None:
    """One object with all its fields, or None when it does not exist; raises ApiError.

    `document` fills path templates that need more than the id.
    """
    call = api_of(kind).read
    document = with_id(kind, id_, document or {})
    if call is None or not fills(document, call):
        hints = [(id_, document)]
        return next((live for live in list_all(client, kind, hints=hints) if live.id == id_), None)
    return read_by_id(client, kind, call, id_, document)


def create(client: Client, kind: Kind, document: Document, *, mark: str = "") -> Live:
    """Make an object, with the mark of its owner; raises ApiError, `lost` when it may exist all the same."""
    api = api_of(kind)
    if api.created_with_parent:
        return update(client, kind, bodies.id_of(kind, document), document, {}, mark=mark)
    call = needed(kind, api.create, "created")
    document = _marked(kind, document, mark)
    client.hide(*bodies.secrets(kind, document))
    with permission(kind, "write"):
        chosen = bodies.id_of(kind, document)
        answer = send(client, call, chosen, document, bodies.for_create(kind, api, call, document))
    id_ = bodies.id_of(kind, api.envelope.unwrap(answer)) or chosen
    if not id_:
        raise ApiError(call.method, call.path, 200, ("the answer has no id",), lost=True)
    return _written(client, kind, id_, answer, document, {})


def update(
    client: Client, kind: Kind, id_: str, document: Document, live_document: Document, *, mark: str = ""
) -> Live:
    """Bring an object to a document, whole, from what is live now; raises ApiError.

    The mark takes the place of any other; without one, none stays.
    """
    api = api_of(kind)
    document = _marked(kind, document, mark)
    call = needed(kind, api.update, "changed")
    client.hide(*bodies.secrets(kind, document))
    body = bodies.for_update(kind, api, call, id_, document, live_document)
    answer = None
    if body is not None:
        with permission(kind, "write"):
            fields = with_id(kind, id_, {**document, **live_document})
            answer = send(client, call, id_, fields, body, repeatable=True)
    return _written(client, kind, _id_after(kind, id_, document), answer, document, live_document)


def _marked(kind: Kind, document: Document, mark: str) -> Document:
    return with_mark(document, mark) if kind.takes_mark else document


def _id_after(kind: Kind, id_: str, document: Document) -> str:
    """The id after an update: of a webhook, whose name is its id, the new name."""
    named = kind.id in kind.key and kind.id not in kind.immutable
    return (bodies.id_of(kind, document) or id_) if named else id_


def delete(client: Client, kind: Kind, id_: str, document: Document) -> None:
    """Remove an object; one that is gone already is not an error. Raises ApiError."""
    api = api_of(kind)
    call = needed(kind, api.delete, "deleted")
    document = with_id(kind, id_, document)
    body = call.body(document) if call.body else None
    try:
        with permission(kind, "write"):
            send(client, call, id_, document, body)
    except ApiError as error:
        if not is_gone(api, error):
            raise


def check(client: Client, kind: Kind, document: Document, id_: str = "") -> None:
    """Ask Datadog whether a document is valid; raises ApiError if not. Kinds without such a call pass.

    With an `id_` it is asked about a change of that object.
    """
    api = api_of(kind)
    call = (id_ and api.check_existing) or api.check
    if call is None:
        return
    client.hide(*bodies.secrets(kind, document))
    body = bodies.for_create(kind, api, call, document)
    with permission(kind, "write"):
        for question in body if isinstance(body, list) else [body]:
            send(client, call, id_, document, question, repeatable=True)


def _written(
    client: Client, kind: Kind, id_: str, answer: JSON, document: Document, live_document: Document
) -> Live:
    """The object as a write left it: from the answer, or read again where that does not show it whole."""
    api = api_of(kind)
    if api.parts:
        with permission(kind, "write"):
            parts.write(client, api, id_, document, live_document)
    elif shown := api.envelope.unwrap(answer):
        shown = {**fields_for(kind, document), **shown}
        return Live(kind.name, id_ or bodies.id_of(kind, shown), shown)
    live = read(client, kind, id_, document=document)
    if live is None:
        raise ApiError("GET", kind.name, 404, (f"{id_} is gone right after the write",))
    return live
