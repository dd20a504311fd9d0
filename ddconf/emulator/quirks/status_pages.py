"""Status pages: their components are objects of their own, in groups. https://docs.datadoghq.com/api/latest/status-pages/"""

from __future__ import annotations

from dataclasses import replace

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.collections import plain
from ddconf.emulator.ids import uuid
from ddconf.emulator.wire import Document, Response, answer

_PLAIN = plain("status_page")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    document = _PLAIN.complete(call, {"enabled": False, **sent}, before)
    components = [
        _component(call, item, place) for place, item in enumerate(document.get("components") or [])
    ]
    return document | {"components": components}


def _component(call: RouteCall, sent: Document, place: int) -> Document:
    """With an id; a group has parts, all else a state."""
    own = {"position": place, **sent, "id": sent.get("id") or uuid(call.store.random)}
    if sent.get("type") != "group":
        return {"status": "operational", **own}
    parts = [_component(call, part, number) for number, part in enumerate(sent.get("components") or [])]
    return own | {"components": parts}


def _page_url(call: RouteCall, page: Document) -> Document:
    shown = _PLAIN.show(call, page)
    url = f"https://app.datadoghq.com/status-pages/{page['id']}/view"
    return shown | {"attributes": {**shown["attributes"], "page_url": url}}


PAGES = replace(_PLAIN, complete=_complete, show=_page_url, show_listed=_page_url, show_written=_page_url)


@route("GET", "/api/v2/statuspages/{page_id}/components")
def list_components(call: RouteCall) -> Response:
    """Those that came with the page, then those that were made one by one."""
    page = PAGES.find(replace(call, args={"id": call.args["page_id"]}))
    own = plain("status_page_component")
    kept = call.store.all(f"{own.name}/{call.args['page_id']}")
    times = {key: page["attributes"].get(key) for key in ("created_at", "modified_at")}
    brought = [
        {"id": item["id"], "type": own.type, "attributes": {**times, **_without_id(item)}}
        for item in page["attributes"].get("components") or ()
        if item["id"] not in {one["id"] for one in kept}
    ]
    return answer(200, {"data": [own.show(call, item) for item in (*brought, *kept)]})


def _without_id(component: Document) -> Document:
    return {key: value for key, value in component.items() if key != "id"}
