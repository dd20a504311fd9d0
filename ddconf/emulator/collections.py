"""Collections without a file in quirks/: plain CRUD described by one line each in collections.json.

The keys of a line:

- `path`, `item_path`, `list_path`, `unlisted`, `items`, `type`, `update`, `upsert`, `makes_once`, `merges`,
  `pages` and `filter`: as in `ApiCollection`; `required`, `defaults`, `create_only`: what a request must,
  may, cannot hold.
- `made`: the server's own fields; `counted`: those that go up with every write; `otherwise`: what it gives
  where nothing is sent; `fill`: defaults below a parent, by path; `links`: relationships;
  `sorted`: lists that the server sorts.
- `later`: told by reads only; `meta`: beside the attributes, `listed_meta` in lists alone;
  `brief`: writes and deletes tell only the id;
  `brief_delete`: deletes do.
- `secrets`: never shown; `shown_once`: only in the answer that makes them; `not_listed`: not in lists.
- `echoed_id`: a field that tells the id again; `place`: one of lists that tells the place; `list_beside`:
  what stands beside every list; `page_links`: lists tell links to their pages.
- `listed_type`: the type that lists tell instead; `$total` beside a list: how many there are.
- `demanded`: fields that answers must have, as far as a request does not; `shows_deleted`: deletes show all.
- `status`: of a method, where recordings show another than is documented; `errors`: the style of errors;
  `missing`, `conflict`: their status; `unique`: fields that no two share; `uuid`: the status of other ids;
  `id_pattern`: the form of ids that objects bring; `same_id`: the status where a body's id is not the path's;
  `types`: rules of fields as in `check`; `forms`: regular expressions of fields; `most`: the highest numbers;
  `needs`: fields that cannot be sent without others; `either`: fields that exclude each other;
  `refused`: values by path that cannot be together (`*` is any); `inside`: the collection and the field of a
  parent whose objects these are as well;
  `refers`: links or fields that name objects of a collection, and the status where there is none.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

from ddconf.emulator.body_rules import body_rules
from ddconf.emulator.call import RouteCall
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.ids import IdForm, base64url, dashed, hexadecimal, is_uuid, number, uuid
from ddconf.emulator.made_with_parent import leave_parent, seek
from ddconf.emulator.operations import blank, documented_status, documented_style
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.refusals import at, check_body, is_malformed
from ddconf.emulator.server_fields import counted, fill, made, resolved
from ddconf.emulator.shown_fields import beside_list, delete_reply, kept_in, show, shown_listed, shown_written
from ddconf.emulator.wire import Document, Json, Refusal, texts

Row = dict[str, Any]
TABLE = Path(__file__).with_name("collections.json")
_ANSWERS = TABLE.with_name("answers.json")  # made by `python -m tests.emulator.answers`
_ID_FORMS: dict[str, IdForm] = {
    "uuid": uuid,
    "integer": number(8),
    "digits": lambda random: str(number(6)(random)),
    "hex": hexadecimal,
    "dashed": dashed,
    "base64": base64url,
}


@cache
def rows() -> dict[str, list[Row]]:
    """The table: `collections`, `singletons` and `orders`, with the fields that answers.json demands."""
    table: dict[str, list[Row]] = json.loads(TABLE.read_bytes())
    demanded = json.loads(_ANSWERS.read_bytes())
    for row in (*table["collections"], *table["singletons"]):
        for name, fields in demanded.get(blank(row["path"] or row["item_path"]), {}).items():
            row[name] = {**fields, **row.get(name, {})} if isinstance(fields, dict) else fields
    return table


@cache
def plain_collections() -> tuple[ApiCollection, ...]:
    """A ApiCollection for every line of the table."""
    return tuple(collection_of(row) for row in rows()["collections"])


def plain(name: str) -> ApiCollection:
    """The collection of a line, for a product that is plain but for one habit."""
    return next(found for found in plain_collections() if found.name == name)


def collection_of(row: Row) -> ApiCollection:
    style = row.get("errors") or documented_style(row["path"] or row["item_path"])
    return ApiCollection(
        name=row["name"],
        path=row["path"],
        list_path=row.get("list_path", ""),
        listed=not row.get("unlisted", False),
        item_path=row.get("item_path", ""),
        type=row.get("type", ""),
        items=row.get("items", ""),
        id_field=row.get("id_field", "id"),
        own_id=_reader(row["own_id"]) if row.get("own_id") else None,
        new_id=_ID_FORMS[row.get("ids", "uuid")],
        update=(row["update"],) if "update" in row else (),
        upsert=tuple(row.get("upsert", ())),
        merges=row.get("merges", False),
        makes_once=row.get("makes_once", False),
        rules=_rules(row),
        check=partial(check_body, row, style),
        defaults=row.get("defaults", {}),
        partial_update=tuple(row.get("create_only", ())),
        pages=_pages(row, *row["pages"]) if "pages" in row else None,
        complete=partial(_complete, row, style),
        show=partial(show, row, ()),
        show_written=partial(shown_written, row),
        show_listed=partial(shown_listed, row),
        beside=partial(beside_list, row),
        seek=partial(seek, row),
        may_delete=partial(leave_parent, row),
        delete_reply=delete_reply(row),
        created=_status(row, "POST", row["path"]),
        deleted=_status(row, "DELETE", row.get("item_path") or f"{row['path']}/{{id}}"),
        select=partial(_selected, row["name"], row.get("filter", {})),
        missing=partial(_missing, row, style),
        conflict=partial(_conflict, row, style),
        malformed=partial(_malformed, row, style),
    )


def _rules(row: Row) -> dict[str, str]:
    """What recordings show of bodies; required fields only where the client documents none."""
    documented = body_rules("POST", row["path"])
    required = {} if documented else dict.fromkeys(row.get("required", ()), "any!")
    forms = {path: f"~{form}" for path, form in row.get("forms", {}).items()}
    return {**required, **row.get("types", {}), **forms}


def _status(row: Row, method: str, path: str) -> int:
    """The documented status of success, where recordings do not show another."""
    status: int = row.get("status", {}).get(method) or documented_status(method, path)
    return status


def _pages(row: Row, style: Literal["page", "offset"], first: str, size: str, origin: int) -> PageParameters:
    return PageParameters(
        style, first, size, origin=origin, extra=_page_links if row.get("page_links") else _nothing
    )


def _nothing(_call: RouteCall, _total: int, _shown: int) -> Document:
    return {}


def _page_links(call: RouteCall, total: int, _shown: int) -> Document:
    """The first page and the last, and how many objects there are."""
    size = call.query.get("page[size]", "1000")
    last = max(0, total - 1) // max(1, call.count("page[size]", 1000))
    links = {
        name: f"{call.path}?page[size]={size}&page[number]={n}" for name, n in (("first", 0), ("last", last))
    }
    return {"meta": {"page": {"total_filtered_count": total}}, "links": links}


def _complete(row: Row, style: str, call: RouteCall, sent: Document, before: Document | None) -> Document:
    """What is sent, with what the server adds; its own fields cannot be sent."""
    _check_unique(row, style, call, sent)
    place = {"$next": len(call.store.ids(kept_in(row, call))) + 1}
    fields = {key: _place(value, place) for key, value in row.get("made", {}).items()}
    own = made(call, fields, before) | counted(tuple(row.get("counted", ())), before)
    otherwise = {key: _place(value, place) for key, value in row.get("otherwise", {}).items()}
    kept = {key: before[key] for key in otherwise if before and key in before}
    demanded = _demanded(row, call, sent, before)
    document: Document = json.loads(
        json.dumps({**resolved(call, otherwise), **kept, **sent, **demanded, **own})
    )
    for field in row.get("sorted", ()):
        if isinstance(document.get(field), list):
            document[field] = sorted(document[field], key=str)
    for path, value in row.get("fill", {}).items():
        told = at(before, path)
        fill(document, path, resolved(call, value) if told is None else told)
    return document


def _demanded(row: Row, call: RouteCall, sent: Document, before: Document | None) -> Document:
    """What answers must have and nobody gave; an update renews what tells of it."""
    kept = before or {}
    found = made(call, row.get("demanded", {}), before)
    return {key: value for key, value in found.items() if key not in sent or sent[key] == kept.get(key)}


def _check_unique(row: Row, style: str, call: RouteCall, sent: Document) -> None:
    fields = row.get("unique", ())
    if not fields:
        return
    for other in call.store.all(kept_in(row, call)):
        content = other["attributes"] if row.get("type") else other
        same = all(content.get(field) == sent.get(field) for field in fields)
        if same and str(other.get(row.get("id_field", "id"))) != call.args.get("id"):
            raise refusal(style, row.get("conflict", 409), f"{row['name']} already exists")


def _place(value: Json, place: dict[str, int]) -> Json:
    return place.get(value, value) if isinstance(value, str) else value


def _selected(
    name: str, filters: dict[str, str], call: RouteCall, documents: list[Document]
) -> list[Document]:
    """Those that the query asks for, in their order."""
    for parameter, path in filters.items():
        if parameter in call.query:
            documents = [item for item in documents if at(item, path) == call.query[parameter]]
    return _in_order(name, call, documents)


def _in_order(name: str, call: RouteCall, documents: list[Document]) -> list[Document]:
    """As the order endpoint said last; what came later stands at the end."""
    place = {str(id): index for index, id in enumerate(call.store.fact(f"order/{name}", []))}
    return sorted(documents, key=lambda document: place.get(str(document.get("id")), len(place)))


def _missing(row: Row, style: str, _call: RouteCall, id: str) -> Refusal:
    if "uuid" in row and not is_uuid(id):
        return refusal(style, row["uuid"], f'attribute "id" Invalid id {id}')
    if is_malformed(row, id):
        return refusal(style, 400, f'attribute "id" Invalid id {id}')
    return refusal(style, row.get("missing", 404), f"{id} not found")


def _conflict(row: Row, style: str, _call: RouteCall, id: str) -> Refusal:
    return refusal(style, row.get("conflict", 409), f"{id} already exists")


def _malformed(_row: Row, style: str, messages: list[str]) -> Refusal:
    return texts(400, *messages) if style == "texts" else refusal(style, 400, "; ".join(messages))


def _reader(path: str) -> Callable[[Document], str]:
    """How to find the id that a new object brings along."""

    def read(document: Document) -> str:
        value: Any = document
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if value is None:
            raise texts(400, f"'{path}' is a required property")
        return str(value)

    return read


@cache
def orders() -> tuple[tuple[str, str, str], ...]:
    """Path and method that arrange a collection, and its name; the list tells the order."""
    return tuple((row["path"], row["update"], row["of"]) for row in rows()["orders"])


def ids_in(node: Any) -> Iterator[str]:
    """The ids in a list of links, wherever a body has it."""
    if isinstance(node, list):
        yield from (str(item["id"]) for item in node if isinstance(item, dict) and "id" in item)
        yield from (item for item in node if isinstance(item, str))
    elif isinstance(node, dict):
        for value in node.values():
            yield from ids_in(value)
