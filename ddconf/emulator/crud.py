"""Create, read, list, update and delete for whatever an ApiCollection describes: most of the emulator."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from ddconf.emulator.body_rules import checked
from ddconf.emulator.call import Route, RouteCall
from ddconf.emulator.check import Rules, complaints
from ddconf.emulator.ids import IdForm, uuid
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.wire import Document, Json, Refusal, Response, answer, texts

_PLACEHOLDER = re.compile(r"\{(\w+)\}")

Complete = Callable[[RouteCall, Document, Document | None], Document]
Show = Callable[[RouteCall, Document], Document]


def _as_is(_call: RouteCall, document: Document) -> Document:
    return document


def _not_found(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"{id} not found")


def _conflict(_call: RouteCall, id: str) -> Refusal:
    return texts(409, f"{id} already exists")


def _malformed(messages: list[str]) -> Refusal:
    return texts(400, *messages)


@dataclass(frozen=True, kw_only=True)
class ApiCollection:
    """A collection of the API: where it is, how its objects look, and what the server does to them.

    `type` makes it JSON:API; then `complete` sees and returns the attributes, otherwise the whole body.
    `complete(call, sent, before)` gives what is stored, `before` being the old content of an update.
    """

    name: str
    path: str  # where objects are made and listed; "" if nowhere
    list_path: str = ""  # where it is listed, if not at `path`
    listed: bool = True
    item_path: str = ""  # where one object is, if not at `path`/{id}
    new_id: IdForm = uuid
    id_field: str = "id"
    own_id: Callable[[Document], str] | None = None  # the id that a create brings along
    type: str = ""
    items: str = ""  # the key of the list in a list answer
    created: int = 200
    deleted: int = 204
    update: tuple[Literal["PUT", "PATCH"], ...] = ("PUT",)
    upsert: tuple[
        Literal["PUT", "POST", "PATCH"], ...
    ] = ()  # a write to one object makes it where there is none
    makes_once: bool = False  # a POST to one object is refused where it is
    renames: bool = False  # an update with another id moves the object there
    merges: bool = False  # an update keeps the top fields that it does not name
    partial_update: tuple[str, ...] = ()  # required fields that an update may leave out
    read_only: tuple[str, ...] = ()
    defaults: Mapping[str, Json] = field(default_factory=dict)
    rules: Rules = field(default_factory=dict)
    check: Callable[[RouteCall], None] = lambda _call: None  # refuses a write by its path and body alone
    pages: PageParameters | None = None
    seek: Callable[[RouteCall], Document | None] = lambda _call: None  # where it is if it is not kept here
    complete: Complete = lambda _call, sent, _before: sent
    show: Show = _as_is  # a stored object as a read gives it
    show_listed: Show | None = None  # as the list gives it; default: as a read
    show_written: Show | None = None  # as the reply to a write; default: as a read
    select: Callable[[RouteCall, list[Document]], list[Document]] = lambda _call, documents: documents
    beside: Callable[[RouteCall, list[Document]], Document] = lambda _call, _shown: {}  # e.g. `included`
    envelope: Callable[[Document], Json] | None = None  # around the reply to a write
    delete_reply: Callable[[Document], Json] = lambda _document: None  # the body of the reply to a DELETE
    may_delete: Callable[[RouteCall, Document], None] = lambda _call, _document: None  # raises a Refusal
    missing: Callable[[RouteCall, str], Refusal] = _not_found
    conflict: Callable[[RouteCall, str], Refusal] = _conflict
    malformed: Callable[[list[str]], Refusal] = _malformed

    def collection(self, call: RouteCall) -> str:
        """Where its objects are kept: apart for each parent in the family's own path."""
        parents = [key for key in _PLACEHOLDER.findall(self.path or self.item_path) if key != "id"]
        return "/".join([self.name, *(call.args[key] for key in parents)])

    def find(self, call: RouteCall) -> Document:
        document = call.store.get(self.collection(call), call.args["id"]) or self.seek(call)
        if document is None:
            raise self.missing(call, call.args["id"])
        return document

    def content(self, document: Document) -> Document:
        inner: Document = document["attributes"] if self.type else document
        return inner


def collection_routes(family: ApiCollection) -> dict[tuple[str, str], Route]:
    """The routes of a family, by method and path."""
    one = family.item_path or f"{family.path}/{{id}}"
    list_path = family.list_path or family.path
    routes: dict[tuple[str, str], Route] = {
        ("GET", one): lambda call: read(family, call),
        ("DELETE", one): lambda call: delete(family, call),
    }
    if list_path and family.listed:
        routes["GET", list_path] = lambda call: list_all(family, call)
    if family.path:
        routes["POST", family.path] = lambda call: create(family, call)
    routes |= {(method, one): lambda call: update(family, call) for method in family.update}
    routes |= {(method, one): lambda call: upsert(family, call) for method in family.upsert}
    return {key: _guarded(family, key, handler) for key, handler in routes.items()}


def _guarded(family: ApiCollection, key: tuple[str, str], handler: Route) -> Route:
    """A write is held against what is documented of its body before anything is looked for."""
    if key[0] in ("GET", "DELETE"):
        return handler

    def write(call: RouteCall) -> Response:
        if call.validates:
            family.check(call)
        return handler(call)

    return checked(*key, family.malformed, write)


def create(family: ApiCollection, call: RouteCall) -> Response:
    sent = _sent(family, call)
    id = _new_id(family, call)
    document = _document(family, call, id, family.complete(call, {**family.defaults, **sent}, None))
    return _written(family, call, document, family.created)


def read(family: ApiCollection, call: RouteCall) -> Response:
    document = _chosen(family, call, family.show(call, family.find(call)))
    return answer(200, {"data": document, **family.beside(call, [document])} if family.type else document)


def update(family: ApiCollection, call: RouteCall) -> Response:
    sent = _sent(family, call, family.merges or family.partial_update)  # first: a bad body is told first
    old = family.find(call)
    before = family.content(old)
    kept = {key: before[key] for key in family.partial_update if key in before}
    fresh = {**before, **sent} if family.merges else {**family.defaults, **kept, **sent}
    id = old["id"] if family.type else old[family.id_field]
    if family.renames and sent.get(family.id_field, id) != id:
        call.store.delete(family.collection(call), id)
        id = _new_id(family, call)
    document = _document(family, call, id, family.complete(call, fresh, before), old)
    return _written(family, call, document, 200)


def upsert(family: ApiCollection, call: RouteCall) -> Response:
    """Replace an object, or make it under the id in the path."""
    if call.store.get(family.collection(call), call.args["id"]) is not None:
        if family.makes_once and call.method == "POST":
            raise family.conflict(call, call.args["id"])
        return update(family, call)
    content = family.complete(call, {**family.defaults, **_sent(family, call)}, None)
    return _written(family, call, _document(family, call, call.args["id"], content), family.created)


def delete(family: ApiCollection, call: RouteCall) -> Response:
    document = family.find(call)
    family.may_delete(call, document)
    call.store.delete(family.collection(call), call.args["id"])
    return answer(family.deleted, family.delete_reply(family.show(call, document)))


def list_all(family: ApiCollection, call: RouteCall) -> Response:
    found = family.select(call, call.store.all(family.collection(call)))
    pages = family.pages
    shown = pages.cut(call, found) if pages else found
    documents = [
        _chosen(family, call, (family.show_listed or family.show)(call, document)) for document in shown
    ]
    key = family.items or ("data" if family.type else "")
    if not key:
        return answer(200, documents)
    extra = pages.extra(call, len(found), len(documents)) if pages else {}
    return answer(200, {key: documents, **family.beside(call, documents), **extra})


def _chosen(family: ApiCollection, call: RouteCall, document: Document) -> Document:
    """Of a JSON:API object only the fields that the request names, if it names any."""
    named = call.query.get(f"fields[{family.type}]")
    if named is None:
        return document
    fields = named.split(",")
    attributes = {key: value for key, value in document["attributes"].items() if key in fields}
    links = {key: value for key, value in document.get("relationships", {}).items() if key in fields}
    chosen = {key: document[key] for key in ("id", "type")} | {"attributes": attributes}
    return chosen | ({"relationships": links} if links else {})


def _new_id(family: ApiCollection, call: RouteCall) -> str | int:
    if not family.own_id:
        return call.store.new_id(family.collection(call), family.new_id)
    id = family.own_id(call.body["data"] if family.type else call.body)
    if call.store.get(family.collection(call), id) is not None:
        raise family.conflict(call, id)
    return id


def _sent(family: ApiCollection, call: RouteCall, optional: bool | tuple[str, ...] = ()) -> Document:
    """The checked content of a request's body, without what the server owns."""
    body = call.body
    if family.type:
        body = body.get("data") if isinstance(body, dict) else None
        body = body.get("attributes", {}) if isinstance(body, dict) else None
    if not isinstance(body, dict):
        raise family.malformed(["The request body is not a valid object"])
    if call.validates and (problems := complaints(body, family.rules, optional)):
        raise family.malformed(problems)
    return {key: value for key, value in body.items() if key not in family.read_only}


def _document(
    family: ApiCollection, call: RouteCall, id: Json, content: Document, old: Document | None = None
) -> Document:
    if not family.type:
        return {family.id_field: id, **{k: v for k, v in content.items() if k != family.id_field}}
    document: Document = {"id": id, "type": family.type, "attributes": content}
    relationships = call.body["data"].get("relationships") or (old or {}).get("relationships")
    return document | ({"relationships": relationships} if relationships else {})


def _written(family: ApiCollection, call: RouteCall, document: Document, status: int) -> Response:
    id = document["id"] if family.type else document[family.id_field]
    call.store.put(family.collection(call), id, document)
    reply = (family.show_written or family.show)(call, document)
    if family.envelope:
        return answer(status, family.envelope(reply))
    return answer(status, {"data": reply, **family.beside(call, [reply])} if family.type else reply)
