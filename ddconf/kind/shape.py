"""The shape of a resource kind: a Kind says what a document means, an Api how to talk about it.

A file in `kinds/` defines one constant `KIND`; the file's name is the kind's name. Documents of JSON:API
kinds are written flat: the attributes, `relationships` where there are any, and `id`.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from ddconf.document import JSON, Document, Packed, copy, find, get, parse_path, put, unpack


class _Nothing(dict[str, Any]):
    """An empty table; hashable, as dataclasses demand of a default."""

    __hash__ = object.__hash__  # type: ignore[assignment]


NONE: Mapping[str, Any] = _Nothing()


@dataclass(frozen=True, slots=True)
class Call:
    """One request; `{id}` and `{field}` in the path, and `{field}` in the parameters of a list, are filled
    from the object and its id."""

    method: str
    path: str
    params: Mapping[str, str] = NONE
    body: Callable[[JSON], JSON] | None = None
    """Makes the body of an odd call from the document, its id in it, or from a part's list or item; without
    it the envelope does."""


@dataclass(frozen=True, slots=True)
class Pages:
    """How a list is paged: `start` counts objects ("offset") or pages ("page"), from `first`.

    With the style "cursor" an answer tells at `next` what `start` is for the page after it.
    """

    style: str
    start: str
    size: str
    limit: int = 100
    first: int = 0
    total: str = ""
    """Where an answer tells how many there are in all; fewer than that are no whole list."""
    next: str = ""
    optional: bool = False
    """The list comes whole unless a page is asked for."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a document is wrapped in on the way out, and found in on the way back.

    `wrap` gets the document and the id of an existing object, None for a create; `unwrap` a whole answer,
    `item` one element of a list's answer.
    """

    wrap: Callable[[Document, str | None], JSON]
    unwrap: Callable[[JSON], Document]
    item: Callable[[JSON], Document]
    shape: Mapping[str, JSON] = NONE
    """The document's fields as JSON Schema, where they are not those of the body."""


@dataclass(frozen=True, slots=True)
class Part:
    """A field of the document that has calls of its own, such as the dashboards of a dashboard list.

    `items` is where the list sits in the read's answer, or without a `read` in the object itself; `keep` are
    the fields of an item that are compared. Either `replace` sends the whole list, or `add` and `remove` send
    what changed, one item a call.
    """

    read: Call | None = None
    items: str = ""
    keep: tuple[str, ...] = ()
    replace: Call | None = None
    add: Call | None = None
    remove: Call | None = None


@dataclass(frozen=True, slots=True)
class Api:
    """The calls of a kind; a call that is None does not exist."""

    envelope: Envelope
    list: Call | None = None
    read: Call | None = None
    create: Call | None = None
    update: Call | None = None
    delete: Call | None = None
    check: Call | None = None
    """Asks Datadog whether a document is valid, without a write."""
    items: str | Callable[[JSON], JSON] = ""
    """Path of the list in the list's answer, or what finds it; empty where the answer is the list."""
    pages: Pages | None = None
    summary: bool = False
    """The list leaves fields out, so each object is read by itself."""
    modified: str = ""
    """Field of a list item that changes with every write: an unchanged one need not be read again."""
    merges: bool = False
    """An update keeps what it is not sent, so a removed top-level field is sent as null."""
    gone: Mapping[int, str] = field(default_factory=lambda: MappingProxyType({404: ""}))
    """Status -> part of the error's text, that mean the object does not exist."""
    where: Mapping[str, JSON] = NONE
    """Fields that tell this kind's objects from the others behind the same list."""
    roll: str = ""
    """The kind whose one document names every object of this one, such as an order: what a list lacks shows
    there."""
    queue: str = ""
    """Writes of all kinds with the same queue go one at a time."""
    parts: Mapping[str, Part] = NONE
    parent: tuple[str, str] = ("", "")
    """The field that holds the id of the object above, which fills the path or a parameter of the list, and
    that object's kind: each is asked for its list, and the field put into the documents. Without a kind only
    known values are asked for."""

    @property
    def singleton(self) -> bool:
        """Whether there is exactly one, which nobody creates or deletes."""
        return self.list is None and self.create is None and bool(self.read) and not self._has_fields

    @property
    def given(self) -> bool:
        """Whether its objects exist by themselves and nobody writes them: others only refer to them."""
        return not (self.create or self.update or self.delete)

    @property
    def unlisted(self) -> bool:
        """Whether no one list shows all of them."""
        return bool(self.parent[0]) or (self.list is None and not self.singleton)

    @property
    def comes_along(self) -> bool:
        """Whether each object above has it from the start, so that to create it is to change it."""
        return bool(self.parent[0]) and self.create is None and self.update is not None

    @property
    def _has_fields(self) -> bool:
        return self.read is not None and "{" in self.read.path


@dataclass(frozen=True, slots=True)
class Kind:
    """What a document of this kind means. Paths are written `options.thresholds`, `widgets[*].id`."""

    name: str
    api: Api | None
    id: str = "id"
    """Field that holds the id; it is a read-only one unless it is part of the key. Empty where nothing but
    the values of the key tells one from another: they make the id."""
    integer_id: bool = False
    """Ids are numbers on the wire; everywhere else they are text."""
    key: tuple[str, ...] = ("name",)
    """Natural key, for adoption and for names at export; empty for singletons."""
    unique_key: bool = False
    """Datadog refuses a second object with the same key, even beside one that nobody may change."""
    read_only: tuple[str, ...] = ()
    """Paths that the server owns: dropped before comparing and sending."""
    defaults: Mapping[str, JSON] = NONE
    """Path -> value that the server fills in: dropped when equal."""
    unordered: tuple[str, ...] = ()
    """Lists whose order means nothing: sorted before comparing."""
    immutable: tuple[str, ...] = ()
    """A change here means to replace the object; never sent in an update."""
    secrets: tuple[str, ...] = ()
    """Write-only values: compared and stored as digests, never printed."""
    secret_if: Mapping[str, str] = NONE
    """One of the secrets -> the flag that makes it one: where that is false, Datadog shows the value."""
    references: Mapping[str, str | tuple[str, ...]] = NONE
    """Path -> kind whose id stands there, or several kinds, of which one's does; in a longer text, ids may
    stand too. `kind.field` means another field than the id. At a read-only path it is an object that comes
    along with this one."""
    handles: tuple[str, ...] = ()
    """How texts call the object, such as `@webhook-{name}`."""
    text_ids: tuple[str, ...] = ()
    """Paths where the id of another object is text though it is a number elsewhere."""
    identity: Mapping[str, str] = NONE
    """List path -> field that tells its items apart, to explain a difference well."""
    unmanaged: Mapping[str, JSON] = NONE
    """Field -> value, or a tuple of values, of live objects that nobody may change: counted, never exported
    or deleted."""
    partial: tuple[str, ...] = ()
    """Lists that others add to as well: ours are compared and placed, theirs keep their places."""
    together: tuple[tuple[str, ...], ...] = ()
    """Top-level fields that speak of one thing: when one changes, all are sent as the definition has them."""
    tidy: Callable[[Document], Document] | None = None
    """Last resort: brings equal spellings to one, without changing its argument."""
    irreversible: str = ""
    """Why a delete can never be undone: it is refused unless allowed by name."""
    permissions: Mapping[str, str] = NONE
    """What the keys need, by "read" and "write", to name it when Datadog refuses."""
    opt_in: str = ""
    """Why writes of this kind need `allow_writes:` in ddconf.yaml; empty for nearly all."""
    manual: str = ""
    """What a person does where there is no api; `{field}` is filled from the document."""
    page: str = ""
    """The object's page in the web interface, such as `/dashboard/{id}`; read by `export URL` too."""
    title: str = ""
    area: str = ""
    """Product area, as in Datadog's menu."""
    terraform: tuple[str, ...] = ()
    """The Terraform resources that do the same."""
    tier: int = 1
    """How much it matters: 1 what nearly everybody has, 2 what many have, 3 the rest."""
    notes: str = ""

    @property
    def fixed(self) -> tuple[str, ...]:
        """Paths that no update changes; `*` where there is none, so that any change makes a new object."""
        remade = self.api and self.api.create and self.api.delete and not self.api.update
        return ("*",) if remade else self.immutable

    @property
    def targets(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The references, each with all kinds that it may lead to."""
        return tuple(
            (path, (found,) if isinstance(found, str) else found) for path, found in self.references.items()
        )

    def open_secrets(self, document: Document) -> tuple[str, ...]:
        """Those of its secrets that are none in this document, since their flag says so."""
        flags = self.secret_if.items()
        return tuple(path for path, flag in flags if get(document, parse_path(flag)) is False)

    def hidden(self, document: Document) -> tuple[str, ...]:
        """The secrets of this document."""
        open_ = self.open_secrets(document)
        return tuple(path for path in self.secrets if path not in open_) if open_ else self.secrets

    def tidied(self, document: Document) -> Document:
        """The document in its one spelling; as it is where its shape is none that `tidy` expects."""
        if self.tidy is None:
            return document
        try:
            return self.tidy(document)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            return document

    def id_on_the_wire(self, id_: str) -> JSON:
        """An id as the API writes it: a number where it is one."""
        return int(id_) if self.integer_id and id_.isascii() and id_.isdigit() else id_

    def spelt(self, document: Document) -> Document:
        """The document with its `text_ids` as text; the same one where they are."""
        paths = [path for text in self.text_ids for path in find(document, parse_path(text))]
        numbers = [path for path in paths if isinstance(get(document, path), int)]
        spelt: Document = copy(document) if numbers else document
        for path in numbers:
            put(spelt, path, str(get(spelt, path)))
        return spelt


@dataclass(frozen=True, slots=True)
class Live:
    """An object as the API gave it, envelope removed; a large one is packed until it is looked at."""

    kind: str
    id: str
    content: Document | Packed

    @property
    def document(self) -> Document:
        return self.content if isinstance(self.content, dict) else unpack(self.content)


def plain(at: str = "") -> Envelope:
    """Bodies are the document itself; answers hold it at a path, perhaps as a list of one."""
    path = parse_path(at)

    def unwrap(answer: JSON) -> Document:
        found = get(answer, path)
        return _object(found[0] if isinstance(found, list) and found else found)

    return Envelope(wrap=lambda document, _id: document, unwrap=unwrap, item=_object)


def _object(value: JSON) -> Document:
    return value if isinstance(value, dict) else {}


def enveloped(
    type_: str,
    *,
    id_in: tuple[str, ...] = ("update",),
    create: str = "",
    update: str = "",
    beside: Mapping[str, JSON] = NONE,
    inline: tuple[str, ...] = (),
) -> Envelope:
    """JSON:API: `{"data": {"type", "id", "attributes", "relationships"}}` around a flat document.

    `id_in` names the bodies that carry the id: "create" where the client chooses it, "update", or none;
    `create` and `update` are the types in those bodies where they are others. `beside` stands beside `data`.
    `inline` names relationships whose objects an answer has in `included`, and a body among the attributes.
    """

    def wrap(document: Document, id_: str | None) -> JSON:
        attributes = {
            key: value for key, value in document.items() if key not in ("id", "type_", "relationships")
        }
        item: Document = {"type": (create if id_ is None else update) or type_, "attributes": attributes}
        if id_ is None and "create" in id_in:
            item["id"] = document.get("id")
        if id_ is not None and "update" in id_in:
            item["id"] = id_
        if "relationships" in document:
            item["relationships"] = document["relationships"]
        return {"data": item, **beside}

    def unwrap(answer: JSON) -> Document:
        found = get(answer, ("data",))
        shown = item(found[0] if isinstance(found, list) and found else found)
        return _with_included(shown, get(answer, ("included",), []), inline) if inline else shown

    def item(value: JSON) -> Document:
        found = _object(value)
        document = dict(_object(found.get("attributes")))
        return document | {key: found[key] for key in ("id", "relationships") if key in found}

    return Envelope(wrap, unwrap, item)


def _with_included(document: Document, included: JSON, names: tuple[str, ...]) -> Document:
    """The document with these relationships' objects in place of the links to them, at any depth."""
    objects = {(item.get("type"), item.get("id")): item for item in included}

    def shown(link: JSON) -> JSON:
        if isinstance(link, list):
            return [shown(one) for one in link]
        found = objects.get((get(link, ("type",)), get(link, ("id",))))
        if found is None:
            return link
        below = {name: shown(get(value, ("data",))) for name, value in found.get("relationships", {}).items()}
        return {"id": found["id"], **found.get("attributes", {}), **below}

    links = {name: get(document, ("relationships", name, "data")) for name in names}
    return document | {name: shown(value) for name, value in links.items() if value is not None}


IDS: Mapping[str, JSON] = {"ids": {"type": "array", "items": {"type": "string"}}}
"""The shape of an order."""


def linked(type_: str) -> Envelope:
    """A membership: links of JSON:API, of which the id alone is kept; writes answer with nothing of use."""
    return Envelope(
        wrap=lambda document, _id: {"data": {"type": type_, "id": document["id"]}},
        unwrap=lambda _answer: {},
        item=lambda value: {"id": value["id"]},
        shape={"id": {"type": "string"}},
    )


def ordered(type_: str) -> Envelope:
    """The order of a collection that its list tells: a document `{"ids": [...]}`, sent as links."""

    def unwrap(answer: JSON) -> Document:
        found = get(answer, ("data",))
        return {"ids": [item["id"] for item in found]} if isinstance(found, list) else {}

    return Envelope(
        wrap=lambda document, _id: {"data": [{"type": type_, "id": id_} for id_ in document["ids"]]},
        unwrap=unwrap,
        item=_object,
        shape=IDS,
    )


def rest(path: str, *, envelope: Envelope | None = None, **odd: Any) -> Api:
    """List, create, read, update (PUT) and delete under one path; `odd` replaces what differs."""
    api = Api(
        envelope=envelope or plain(),
        list=Call("GET", path),
        create=Call("POST", path),
        read=Call("GET", f"{path}/{{id}}"),
        update=Call("PUT", f"{path}/{{id}}"),
        delete=Call("DELETE", f"{path}/{{id}}"),
    )
    return replace(api, **odd)


def jsonapi(path: str, type_: str, *, id_in: tuple[str, ...] = ("update",), **odd: Any) -> Api:
    """A JSON:API collection; updates are PATCH, which merges, unless told. `odd` may replace the envelope."""
    usual: dict[str, Any] = {
        "items": "data",
        "update": Call("PATCH", f"{path}/{{id}}"),
        "merges": True,
    }
    return rest(path, **{"envelope": enveloped(type_, id_in=id_in), **usual, **odd})


def singleton(path: str, *, envelope: Envelope | None = None, **odd: Any) -> Api:
    """One object that always exists: read and update (PUT) alone."""
    api = Api(envelope=envelope or plain(), read=Call("GET", path), update=Call("PUT", path))
    return replace(api, **odd)


@cache
def kind_names() -> tuple[str, ...]:
    """Every kind, from the files in `kinds/`, sorted; nothing is imported."""
    package = importlib.import_module("ddconf.kinds")
    return tuple(sorted(module.name for module in pkgutil.iter_modules(package.__path__)))


@cache
def find_kind(name: str) -> Kind:
    """The kind of that name; raises KeyError."""
    if name not in kind_names():
        raise KeyError(name)
    kind: Kind = importlib.import_module(f"ddconf.kinds.{name}").KIND
    return kind


def documentation(name: str) -> str:
    """The page of Datadog's documentation that a kind's file names at its top; empty without one."""
    found = re.search(r"https://\S+", importlib.import_module(f"ddconf.kinds.{name}").__doc__ or "")
    return found[0] if found else ""
