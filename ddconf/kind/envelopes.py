"""What documents are wrapped in on the wire: nothing, JSON:API, or links alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from ddconf.document import JSON, Document, get, parse_path
from ddconf.kind.empty import NONE


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
    """The document with these relationships' objects, at any depth, where the answer includes them."""
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
    return document | {
        name: shown(value)
        for name, value in links.items()
        if value is not None and all((one.get("type"), one.get("id")) in objects for one in _listed(value))
    }


def _listed(links: JSON) -> list[JSON]:
    return links if isinstance(links, list) else [links]


def translated(envelope: Envelope, to_definition: Callable[[Document], Document]) -> Envelope:
    """The envelope of a kind whose answers call or place fields otherwise than its bodies do."""
    return replace(
        envelope,
        unwrap=lambda answer: to_definition(envelope.unwrap(answer)),
        item=lambda value: to_definition(envelope.item(value)),
    )


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
