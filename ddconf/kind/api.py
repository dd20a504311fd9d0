"""How a kind is talked about: its calls, how its list is paged, and the usual sets of calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from ddconf.document import JSON
from ddconf.kind.empty import NONE
from ddconf.kind.envelopes import Envelope, enveloped, plain


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
    """Where an answer tells how many there are in all; fewer than that are not whole list."""
    next: str = ""
    optional: bool = False
    """The list comes whole unless a page is asked for."""


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
    """Asks Datadog whether a document is valid, without a write. A body that is a list is a question each."""
    check_existing: Call | None = None
    """The same for an object that exists, where that is another call."""
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
    order_kind: str = ""
    """The kind whose one document names every object of this one, such as an order: what a list lacks shows
    there."""
    paced: tuple[int, int] = (0, 0)
    """Datadog takes so many changes in so many seconds, where that is few."""
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
    def system_owned(self) -> bool:
        """Whether its objects exist by themselves and nobody writes them: others only refer to them."""
        return not (self.create or self.update or self.delete)

    @property
    def unlisted(self) -> bool:
        """Whether no one list shows all of them."""
        return bool(self.parent[0]) or (self.list is None and not self.singleton)

    @property
    def created_with_parent(self) -> bool:
        """Whether each object above has it from the start, so that to create it is to change it."""
        return bool(self.parent[0]) and self.create is None and self.update is not None

    @property
    def _has_fields(self) -> bool:
        return self.read is not None and "{" in self.read.path


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
