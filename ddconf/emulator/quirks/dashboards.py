"""Dashboards: widget ids, tabs, summaries, soft deletes. https://docs.datadoghq.com/api/latest/dashboards/"""

from __future__ import annotations

import re
from typing import Any

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.ids import dashed, widget
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v1/dashboard"
_PAGES = PageParameters("offset", "start", "count")
_SUMMARY = ("id", "title", "description", "layout_type", "created_at", "modified_at", "author_handle")


def _missing(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"Dashboard with ID {id} not found")


def _url(id: str, title: str) -> str:
    words = re.sub(r"[^a-z0-9 -]", "", title.lower())
    return f"/dashboard/{id}/{words.replace(' ', '-')[:80].rstrip('-')}"


def numbered(widgets: Any, call: RouteCall) -> list[Any]:
    """Widgets with an id each, those inside groups too; an id that was sent stays."""
    shown = []
    for item in widgets if isinstance(widgets, list) else []:
        definition = item.get("definition")
        if isinstance(definition, dict) and isinstance(definition.get("widgets"), list):
            item = item | {"definition": definition | {"widgets": numbered(definition["widgets"], call)}}
        shown.append({**item, "id": widget(call.store.random) if item.get("id") is None else item["id"]})
    return shown


def _tabs(tabs: list[Document], widgets: list[Document]) -> list[Document]:
    """Positions such as "@1" in tabs become the ids of the widgets that stand there."""

    def id_of(reference: Any) -> Any:
        if not (isinstance(reference, str) and re.fullmatch(r"@\d+", reference)):
            return reference
        position = int(reference[1:])
        if not 1 <= position <= len(widgets):
            raise texts(400, f"Invalid widget reference '{reference}' in 'tabs'")
        return widgets[position - 1]["id"]

    return [tab | {"widget_ids": [id_of(item) for item in tab.get("widget_ids", [])]} for tab in tabs]


def _check(sent: Document) -> None:
    for tag in sent.get("tags") or []:
        if not str(tag).startswith("team:"):
            raise texts(400, "Invalid tag format. Valid tag keys are: team.")
    for variable in sent.get("template_variables") or []:
        defaults = variable.get("defaults")
        if defaults is not None and (not defaults or "" in defaults):
            raise texts(400, "Minimum length of parameter 'defaults' should be 1")
        if defaults is not None and variable.get("default") is not None:
            raise texts(400, f"'template_variables' value '{variable}' is invalid")
    for preset in sent.get("template_variable_presets") or []:
        for variable in preset.get("template_variables") or []:
            if ("value" in variable and "values" in variable) or variable.get("values") == []:
                raise texts(400, f"'template_variables' value '{variable}' is invalid")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    if call.validates:
        _check(sent)
    old = before or {}
    document = {"description": None, "notify_list": None, "template_variables": None, **sent}
    document["widgets"] = numbered(sent.get("widgets"), call)
    if isinstance(document["notify_list"], list):
        document["notify_list"] = sorted(document["notify_list"])
    if sent.get("tabs"):
        document["tabs"] = _tabs(sent["tabs"], document["widgets"])
    document["author_handle"] = old.get("author_handle", call.actor.handle)
    document["author_name"] = old.get("author_name", call.actor.name)
    document["created_at"] = old.get("created_at", call.iso)
    document["modified_at"] = call.iso
    return document


def _show(_call: RouteCall, document: Document) -> Document:
    return document | {"url": _url(document["id"], document.get("title") or "")}


def summary(document: Document) -> Document:
    """A dashboard as lists show it: no widgets."""
    shown = {key: document.get(key) for key in _SUMMARY}
    url = _url(document["id"], document.get("title") or "")
    return shown | {"url": url, "is_read_only": False, "deleted_at": document.get("deleted_at")}


def _may_delete(call: RouteCall, document: Document) -> None:
    call.store.put("deleted_dashboard", document["id"], document | {"deleted_at": call.iso})


DASHBOARDS = ApiCollection(
    name="dashboard",
    path=PATH,
    new_id=dashed,
    deleted=200,
    read_only=("id", "author_handle", "author_name", "url", "created_at", "modified_at"),
    rules={
        "title": "str!",
        "layout_type": "ordered|free!",
        "widgets": "list!",
        "widgets[]": "dict",
        "widgets[].definition": "dict!",
        "widgets[].definition.type": "str!",
        "widgets[].layout": "dict",
        "description": "str",
        "reflow_type": "auto|fixed",
        "notify_list": "list",
        "notify_list[]": "str",
        "tags": "list",
        "tags[]": "str",
        "tabs": "list",
        "tabs[].name": "str!",
        "restricted_roles": "list",
        "template_variables": "list",
        "template_variables[]": "dict",
        "template_variables[].name": "str!",
        "template_variable_presets": "list",
        "template_variable_presets[]": "dict",
    },
    complete=_complete,
    show=_show,
    delete_reply=lambda document: {"deleted_dashboard_id": document["id"]},
    may_delete=_may_delete,
    missing=_missing,
)


@route("GET", PATH)
def list_all(call: RouteCall) -> Response:
    """All at once, or a page; deleted ones on demand; nothing is ever shared publicly here."""
    deleted = call.flag("filter[deleted]")
    fields = (*_SUMMARY, "deleted_at")
    found = call.store.columns("deleted_dashboard" if deleted else "dashboard", fields)
    shown = [] if call.flag("filter[shared]") else _PAGES.cut(call, found)
    return answer(200, {"dashboards": [summary(item) for item in shown]})


@route("DELETE", PATH)
def delete_many(call: RouteCall) -> Response:
    for id in _named(call):
        if document := call.store.get("dashboard", id):
            _may_delete(call, document)
            call.store.delete("dashboard", id)
    return answer(204)


@route("PATCH", PATH)
def restore_many(call: RouteCall) -> Response:
    for id in _named(call):
        if document := call.store.get("deleted_dashboard", id):
            call.store.delete("deleted_dashboard", id)
            document.pop("deleted_at")
            call.store.put("dashboard", id, document)
    return answer(204)


def _named(call: RouteCall) -> list[str]:
    """The ids in the body of a bulk request; all of them must exist."""
    items = call.body.get("data") if isinstance(call.body, dict) else None
    if not isinstance(items, list) or not items:
        raise texts(400, "'data' is a required property")
    ids = [str(item.get("id")) for item in items]
    source = "dashboard" if call.method == "DELETE" else "deleted_dashboard"
    if absent := [id for id in ids if call.store.get(source, id) is None]:
        raise texts(404, *(f"Dashboard with ID {id} not found" for id in absent))
    return ids
