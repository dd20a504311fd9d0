"""Objects that are made with their parent and told by it, and have a path of their own as well."""

from __future__ import annotations

from typing import Any

from ddconf.emulator.call import RouteCall
from ddconf.emulator.refusals import at
from ddconf.emulator.wire import Document

Row = dict[str, Any]


def seek(row: Row, call: RouteCall) -> Document | None:
    """An object that was made with its parent."""
    for item in _told_by_parent(row, call):
        if item.get("id") == call.args["id"]:
            content = {key: value for key, value in item.items() if key != "id"}
            return {"id": item["id"], "type": row["type"], "attributes": content}
    return None


def _told_by_parent(row: Row, call: RouteCall) -> list[Document]:
    """The objects that a parent tells."""
    name, field = row.get("inside", ("", ""))
    above = [value for key, value in call.args.items() if key != "id"]
    parent = call.store.get(name, above[-1]) if name and above else None
    found = at(parent, f"attributes.{field}")
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def leave_parent(row: Row, call: RouteCall, document: Document) -> None:
    """What is deleted is not told by its parent either."""
    if left := _told_by_parent(row, call):
        name, field = row["inside"]
        above = next(value for key, value in call.args.items() if key != "id")
        parent = call.store.get(name, above) or {}
        parent["attributes"][field] = [item for item in left if item.get("id") != document["id"]]
        call.store.put(name, above, parent)
