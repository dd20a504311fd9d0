"""Notebooks: v1 with a JSON:API body, cells with ids of their own.

https://docs.datadoghq.com/api/latest/notebooks/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.ids import number, short
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.wire import Document, Refusal, texts

_METADATA: Document = {"is_favorite": False, "is_template": False, "type": None, "take_snapshots": False}


def _missing(_call: RouteCall, _id: str) -> Refusal:
    return texts(404, "Notebook does not exist")


def _cell(call: RouteCall, sent: Document) -> Document:
    cell = {"type": "notebook_cells", **sent}
    return cell | {"id": sent.get("id") or short(call.store.random)}


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    return (
        {"status": "published", "template_variables": [], "tags": [], "deleted": None}
        | sent
        | {
            "cells": [_cell(call, cell) for cell in sent["cells"]],
            "metadata": _METADATA | (sent.get("metadata") or {}),
            "author": _author(call),
            "created": (before or {}).get("created", call.iso),
            "modified": call.iso,
        }
    )


def _author(call: RouteCall) -> Document:
    state = {"icon": "", "title": None, "verified": True, "disabled": False, "status": "Active"}
    return call.actor.creator | state


def _counted(call: RouteCall, total: int, shown: int) -> Document:
    return {"meta": {"page": {"total_count": total, "total_filtered_count": shown}}}


NOTEBOOKS = ApiCollection(
    name="notebook",
    path="/api/v1/notebooks",
    type="notebooks",
    new_id=number(7),
    read_only=("author", "created", "modified"),
    rules={
        "name": "str!",
        "cells": "list!",
        "cells[]": "dict",
        "cells[].attributes": "dict!",
        "time": "dict!",
        "status": "published",
        "metadata": "dict",
    },
    pages=PageParameters("offset", "start", "count", default=100, extra=_counted),
    complete=_complete,
    missing=_missing,
)
