"""What answers tell of an object of collections.json: in a read, in a list, after a write."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ddconf.emulator.call import RouteCall
from ddconf.emulator.operations import documented_status
from ddconf.emulator.orders import order_of
from ddconf.emulator.server_fields import resolved
from ddconf.emulator.wire import Document, Json

Row = dict[str, Any]


def kept_in(row: Row, call: RouteCall) -> str:
    return "/".join([row["name"], *(value for key, value in call.args.items() if key != "id")])


def show(row: Row, hidden: tuple[str, ...], call: RouteCall, document: Document) -> Document:
    secrets = (*row.get("secrets", ()), *row.get("shown_once", ()), *hidden)
    shown: Document = json.loads(json.dumps(document)) | resolved(call, row.get("meta", {}))
    if "echoed_id" in row:
        shown["attributes"][row["echoed_id"]] = shown["id"]
    if call.method == "GET":
        content = shown["attributes"] if row.get("type") else shown
        if not row.get("made") or content.keys() & row["made"].keys():
            content |= resolved(call, row.get("later", {}))
    for secret in secrets:
        for item in (shown, shown.get("attributes")):
            _drop(item, secret.split("."))
    links = {name: _relationship(link) for name, link in resolved(call, row.get("links", {})).items()}
    if links:
        shown["relationships"] = links | shown.get("relationships", {})
    return shown


def _relationship(link: Json) -> Json:
    """What an object or objects are linked to; some only by their address."""
    return link if isinstance(link, dict) and "links" in link else {"data": link}


def shown_written(row: Row, call: RouteCall, document: Document) -> Document:
    """The answer to a create shows once what is never told again."""
    if row.get("brief"):
        return {"id": document["id"], "type": document["type"]}
    once = row if call.method != "POST" else {**row, "shown_once": ()}
    return show(once, (), call, document)


def shown_listed(row: Row, call: RouteCall, document: Document) -> Document:
    """In a list an object can tell its place, which it does not tell alone."""
    shown = show(row, tuple(row.get("not_listed", ())), call, document)
    shown |= {"type": row["listed_type"]} if "listed_type" in row else {}
    if "listed_meta" in row:
        shown.setdefault("meta", row["listed_meta"])
    if field := row.get("place"):
        shown["attributes"][field] = _place_of(row["name"], call, document["id"])
    return shown


def _place_of(name: str, call: RouteCall, id: str) -> int:
    return order_of(call.store, name).index(str(id)) + 1


def beside_list(row: Row, call: RouteCall, _shown: list[Document]) -> Document:
    told = row.get("list_beside", {}) if call.method == "GET" and "id" not in call.args else {}
    total = len(call.store.ids(kept_in(row, call))) if told else 0
    found: Document = json.loads(json.dumps(told).replace('"$total"', str(total)))
    return found


def delete_reply(row: Row) -> Callable[[Document], Json]:
    """Nothing with 204, else an empty object; some products tell the id, or all."""
    if row.get("shows_deleted"):
        return lambda document: {"data": document}
    if row.get("brief") or row.get("brief_delete"):
        return _brief_reply
    path = row.get("item_path") or f"{row['path']}/{{id}}"
    empty = documented_status("DELETE", path) == 200 and "DELETE" not in row.get("status", {})
    return lambda _document: {} if empty else None


def _brief_reply(document: Document) -> Json:
    return {"data": {"id": document["id"], "type": document["type"]}}


def _drop(item: Any, keys: list[str]) -> None:
    for key in keys[:-1]:
        item = item.get(key) if isinstance(item, dict) else None
    if isinstance(item, dict):
        item.pop(keys[-1], None)
