"""Powerpacks: widget groups for many dashboards. https://docs.datadoghq.com/api/latest/powerpack/"""

from __future__ import annotations

import re

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection, create, update
from ddconf.emulator.pages import PageParameters, offset_links
from ddconf.emulator.quirks.dashboards import numbered
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v2/powerpacks"


def _missing(_call: RouteCall, id: str) -> Refusal:
    if re.fullmatch(r"[0-9a-f-]{36}", id):
        return texts(404, f"Powerpack with ID {id} not found")
    return texts(404, f"Powerpack has invalid UUID {id} not found")


def _complete(call: RouteCall, sent: Document, _before: Document | None) -> Document:
    group = dict(sent["group_widget"])
    group["definition"] = group["definition"] | {"widgets": numbered(group["definition"]["widgets"], call)}
    group.setdefault("layout", {"x": 0, "y": 0, "width": 12, "height": 1})
    return {"template_variables": None, "tags": [], "description": None} | sent | {"group_widget": group}


POWERPACKS = ApiCollection(
    name="powerpack",
    path=PATH,
    type="powerpack",
    update=("PATCH",),
    merges=True,
    rules={
        "name": "str!",
        "group_widget": "dict!",
        "group_widget.definition": "dict!",
        "group_widget.definition.type": "group!",
        "group_widget.definition.layout_type": "ordered!",
        "group_widget.definition.widgets": "list!",
        "description": "str",
        "tags": "list",
        "template_variables": "list",
    },
    pages=PageParameters("offset", "page[offset]", "page[limit]", default=25, most=1000, extra=offset_links),
    complete=_complete,
    show=lambda call, document: document | {"relationships": _author(call)},
    missing=_missing,
)


def _author(call: RouteCall) -> Document:
    return {"author": {"data": {"type": "users", "id": call.actor.uuid}}}


def _with_author(call: RouteCall, response: Response) -> Response:
    person = {"name": call.actor.name, "email": call.actor.handle}
    included = [{"type": "users", "id": call.actor.uuid, "attributes": person}]
    return answer(response.status, response.json() | {"included": included})


@route("POST", PATH)
def create_one(call: RouteCall) -> Response:
    return _with_author(call, create(POWERPACKS, call))


@route("PATCH", f"{PATH}/{{id}}")
def update_one(call: RouteCall) -> Response:
    return _with_author(call, update(POWERPACKS, call))


@route("GET", f"{PATH}/{{id}}")
def read(call: RouteCall) -> Response:
    document = POWERPACKS.show(call, POWERPACKS.find(call))
    return _with_author(call, answer(200, {"data": document}))
