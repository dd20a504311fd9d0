"""What others did to the organisation while a recording ran, and the weather: only the answers tell of it."""

from __future__ import annotations

import re
from typing import Any

from ddconf.emulator.app import App
from ddconf.emulator.faults import refuse
from ddconf.emulator.store import Store
from tests.conformance._found import ORDERS, base, collection, family_of, identity, items, list_path, order

Json = Any
Exchange = dict[str, Any]


_AT_ONCE = 5  # so many requests may be under way together


def by_effect(test: list[Exchange]) -> list[Exchange]:
    """Requests that ran at the same time, in the order of their effects: what shows an object comes after
    the one that makes it."""
    ordered = list(test)
    for place, exchange in enumerate(test):
        family = family_of(exchange)
        creates = family and not family.own_id and base(exchange) == list_path(family)
        if exchange["method"] != "POST" or exchange["status"] >= 300 or not creates:
            continue
        makes = _shown(exchange) - {""}
        before = [other for other in test[max(0, place - _AT_ONCE) : place] if other["method"] == "GET"]
        early = [other for other in before if other["host"] == exchange["host"] and makes & _shown(other)]
        if early:
            ordered.remove(exchange)
            ordered.insert(ordered.index(early[0]), exchange)
    return ordered


def _shown(exchange: Exchange) -> set[str]:
    family = family_of(exchange)
    return {identity(item, family) for item in items(exchange["response_body"])}


def play_others(
    app: App, exchange: Exchange, strange: set[str], names: dict[Json, Json], *, unseen: bool
) -> None:
    """Let happen what the requests of the recording cannot have done, just before it shows.

    `unseen` tells that requests were made just before whose traffic is not in the files.
    """
    store = app.store
    if exchange["status"] in (401, 429) or exchange["status"] >= 500:
        app.faults.on(refuse(exchange["status"]))
    name = ORDERS.get(base(exchange))
    if name and exchange["method"] == "GET" and exchange["status"] == 200:
        _follow_order(store, name, [names.get(id, id) for id in order(exchange["response_body"])], strange)
    id = base(exchange).rpartition("/")[2]
    if exchange["status"] in (400, 404) and id in strange and (family := family_of(exchange)):
        store.delete(collection(family, exchange), id)
    if unseen and exchange["method"] == "GET" and exchange["status"] == 200:
        _follow_policy(store, exchange, names)


def _follow_order(store: Store, name: str, ids: list[str], strange: set[str]) -> None:
    present = store.ids(name)
    for id in present:
        if id in strange and id not in ids:
            store.delete(name, id)
    for id in ids:
        if id not in present:
            strange.add(id)
            store.put(name, id, {"id": id, "name": id, "is_read_only": False})


def _follow_policy(store: Store, exchange: Exchange, names: dict[Json, Json]) -> None:
    """A monitor tells the editors that its restriction policy names."""
    if not (place := re.fullmatch(r"/api/v1/monitor/(\d+)", base(exchange))):
        return
    id = str(names.get(int(place[1]), place[1]))
    told = exchange["response_body"].get("restricted_roles")
    roles = told and [names.get(role, role) for role in told]
    own = (store.get("monitor", id) or {}).get("restricted_roles")
    store.delete("restriction_policy", f"monitor:{id}")
    if roles != own:
        binding = {"relation": "editor", "principals": [f"role:{role}" for role in roles or ()]}
        policy = {"id": f"monitor:{id}", "attributes": {"bindings": [binding]}}
        store.put("restriction_policy", f"monitor:{id}", policy)
