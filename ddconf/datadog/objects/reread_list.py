"""A kind's list once more, before anything of it is made: what a cut list hid must not get a twin.

Most of Datadog's lists tell no total, so one that ends too early is an answer like any other. Two things tell
it all the same: there is an item after the last one, or an order names an object that the list lacks.
"""

from __future__ import annotations

from collections.abc import Sequence

from ddconf.datadog.http.client import Client
from ddconf.datadog.objects import bodies
from ddconf.datadog.objects.calls import permission
from ddconf.datadog.objects.lists import answers, of_kind, raw_items
from ddconf.datadog.objects.pagination import after
from ddconf.datadog.objects.reader import list_all
from ddconf.datadog.objects.single import api_of, read_by_id
from ddconf.document import JSON, get, parse_path
from ddconf.errors import ApiError
from ddconf.kind import Call, Kind, Live, find_kind


def list_verified(client: Client, kind: Kind) -> list[Live]:
    """Every live object as the list shows it, without details; raises ApiError if the list is not whole."""
    api = api_of(kind)
    if api.unlisted or api.list is None:
        return list_all(client, kind)
    listed = raw_items(kind, answers(client, kind))
    with permission(kind, "read"):
        if after(client, api, api.list, len(listed)):
            raise _cut(api.list, f"it holds {len(listed)}, and there are more")
        if lacking := _lacking(client, kind, listed):
            raise _cut(api.list, f"it lacks {', '.join(lacking)}, which {api.order_kind} names")
    return of_kind(kind, listed)


def _lacking(client: Client, kind: Kind, listed: Sequence[JSON]) -> list[str]:
    """The ids of objects that exist and that the list lacks, as far as another kind's document names them."""
    api = api_of(kind)
    if not api.order_kind:
        return []
    order_kind = find_kind(api.order_kind)
    there = {bodies.id_of(kind, api.envelope.item(item)) for item in listed}
    named = [
        str(id_)
        for order in list_all(client, order_kind)
        for path in order_kind.shared_lists
        if isinstance(ids := get(order.document, parse_path(path)), list)
        for id_ in ids
    ]
    absent = [id_ for id_ in named if id_ not in there]
    if api.read is None:
        return absent
    return [id_ for id_ in absent if read_by_id(client, kind, api.read, id_, {})]


def _cut(call: Call, reason: str) -> ApiError:
    return ApiError(call.method, call.path, 200, (f"the list cannot be used: {reason}",))
