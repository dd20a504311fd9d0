"""Fields with calls of their own, such as a dashboard list's dashboards, made part of the document."""

from __future__ import annotations

from ddconf.datadog.http.client import Client
from ddconf.datadog.objects.calls import send
from ddconf.document import JSON, Document, canonical, get, parse_path
from ddconf.errors import ApiError
from ddconf.kind import Api, Call, Live, Part


def read(client: Client, api: Api, live: Live) -> Live:
    """The object with its parts filled in; raises ApiError."""
    document = dict(live.answer)
    for field, part in api.parts.items():
        answer = document if part.read is None else send(client, part.read, live.id, document)
        found = get(answer, parse_path(part.items)) if part.items else answer
        if part.read is None and found is None:
            found = []
        if not isinstance(found, list):
            path = part.read.path if part.read else field
            raise ApiError("GET", path, 200, (f"the answer holds no list at {part.items}",))
        document[field] = [_kept(part, item) for item in found]
    return Live(live.kind, live.id, document)


def write(client: Client, api: Api, id_: str, document: Document, live_document: Document) -> None:
    """Bring each part that the document names to what it says; raises ApiError."""
    for field, part in api.parts.items():
        wanted = [_kept(part, item) for item in document.get(field) or []]
        present = [_kept(part, item) for item in live_document.get(field) or []]
        if sorted(map(canonical, wanted)) == sorted(map(canonical, present)):
            continue
        if part.replace:
            _send(client, part.replace, id_, document, wanted)
            continue
        for item in present:
            if part.remove and item not in wanted:
                _send(client, part.remove, id_, document, item)
        for item in wanted:
            if part.add and item not in present:
                _send(client, part.add, id_, document, item)


def _send(client: Client, call: Call, id_: str, document: Document, value: JSON) -> None:
    send(client, call, id_, document, call.body(value) if call.body else value, repeatable=True)


def _kept(part: Part, item: JSON) -> JSON:
    if not part.keep or not isinstance(item, dict):
        return item
    return {key: item[key] for key in part.keep if key in item}
