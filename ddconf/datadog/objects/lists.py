"""The list of a kind, made into its own objects: those of other kinds behind it left aside."""

from __future__ import annotations

from ddconf.datadog.http.client import Client
from ddconf.datadog.objects.calls import permission, send
from ddconf.datadog.objects.pagination import Submit, items, items_of
from ddconf.datadog.objects.single import api_of, is_own, live_of, needed
from ddconf.document import JSON, canonical
from ddconf.errors import ApiError
from ddconf.kind import Api, Kind, Live


def list_key(kind: Kind) -> str:
    """Equal for kinds that one request lists, and for the order that a list tells."""
    api = api_of(kind)
    call = api.list or api.read
    if call is None or not (api.list or api.singleton):
        return kind.name
    paged = f" {api.pages}" if _is_paged(api) else ""
    return f"{call.method} {call.path} {canonical(dict(call.params))}{paged}"


def answers(client: Client, kind: Kind, submit: Submit | None = None, expected: int = 0) -> JSON:
    """What a kind's list answers: of one with pages every item; or what answers for a singleton.

    For `submit` and `expected` see `pages.items`.
    """
    api = api_of(kind)
    with permission(kind, "read"):
        if api.list and _is_paged(api):
            return items(client, api, api.list, submit=submit, expected=expected)
        call = api.list or (api.read if api.singleton else None)
        return send(client, call, "", {}) if call else []


def raw_items(kind: Kind, answer: JSON) -> list[JSON]:
    """The items in what `answers` gave, or the answer that holds a singleton; a kind may have neither."""
    api = api_of(kind)
    if api.list:
        return answer if _is_paged(api) else items_of(answer, api, api.list)
    if not api.singleton or api.read is None:
        return []
    if not isinstance(answer, dict):
        raise ApiError(api.read.method, api.read.path, 200, ("the answer is not an object",))
    return [answer]


def of_kind(kind: Kind, items: list[JSON]) -> list[Live]:
    """Those of a list that are of this kind, each with an id of its own."""
    api = api_of(kind)
    call = needed(kind, api.list or api.read, "listed")
    unwrap = api.envelope.item if api.list else api.envelope.unwrap
    found = [(item, unwrap(item)) for item in items]
    mine = [
        live_of(kind, document, call)
        for item, document in found
        if is_own(kind, {**item, **document})  # the envelope too: its `type` may tell
    ]
    if len({live.id for live in mine}) < len(mine):
        raise ApiError(call.method, call.path, 200, ("the list cannot be used: an id is in it twice",))
    return mine


def _is_paged(api: Api) -> bool:
    return api.list is not None and api.pages is not None and not api.pages.optional
