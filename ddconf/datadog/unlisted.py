"""Objects that no one list shows: those listed below each parent, and those that are read by their key."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor

from ddconf.datadog import bodies
from ddconf.datadog.calls import is_gone, permission
from ddconf.datadog.client import Client
from ddconf.datadog.objects import api_of, fills, is_own, live_of, read_by_id, with_id
from ddconf.datadog.pages import items
from ddconf.document import JSON, Document, Path, copy, get, parse_path, put
from ddconf.errors import ApiError
from ddconf.kind import Api, Call, Kind, Live

Known = Sequence[tuple[str, Document]]
"""Objects of a kind as definitions and state know them: the id, empty where unknown, and the document."""


def find(client: Client, kind: Kind, parents: Sequence[Live], known: Known, pool: Executor) -> list[Live]:
    """Every object below the parents, or those known that exist; raises ApiError."""
    api = api_of(kind)
    if place := parse_path(api.parent[0]):
        ids = [*(parent.id for parent in parents), *(get(document, place) for _, document in known)]
        values = dict.fromkeys(id_ for id_ in ids if _is_plain(id_))
        asked = [pool.submit(_below, client, kind, _with({}, place, value)) for value in values]
        return [live for one in asked for live in one.result()]
    wanted: dict[str, Document] = {} if kind.key else {"": {}}
    for id_, document in known:
        chosen = id_ or bodies.id_of(kind, document)
        if _is_plain(chosen):
            wanted.setdefault(chosen, with_id(kind, chosen, document))
    calls = [(api.read, id_, document) for id_, document in wanted.items()]
    reads = [
        pool.submit(read_by_id, client, kind, call, id_, document)
        for call, id_, document in calls
        if call and fills(document, call)
    ]
    return [live for one in reads if (live := one.result()) is not None]


def _with(document: Document, place: Path, value: JSON) -> Document:
    """The document with the id of the object above."""
    found: Document = copy(document)
    put(found, place, value)
    return found


def _is_plain(value: object) -> bool:
    """Whether it is a value, not a reference to what does not exist yet."""
    return bool(value) and "${" not in str(value)


def _below(client: Client, kind: Kind, fields: Document) -> list[Live]:
    """The objects below one parent; none below one that is gone."""
    api = api_of(kind)
    try:
        if api.list is not None:
            return _listed(client, kind, api, api.list, fields)
        found = read_by_id(client, kind, api.read, "", fields) if api.read else None
    except ApiError as error:
        if is_gone(api, error):
            return []
        raise
    return [found] if found else []


def _listed(client: Client, kind: Kind, api: Api, call: Call, fields: Document) -> list[Live]:
    with permission(kind, "read"):
        answers = items(client, api, call, fields)
    place = parse_path(api.parent[0])
    own = [
        live_of(kind, _with(api.envelope.item(answer), place, get(fields, place)), call)
        for answer in answers
        if is_own(kind, {**answer, **api.envelope.item(answer)})
    ]
    if not api.summary or api.read is None:
        return own
    whole = [read_by_id(client, kind, api.read, live.id, live.document) for live in own]
    return [live for live in whole if live is not None]
