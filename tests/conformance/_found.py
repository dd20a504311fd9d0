"""What a recording merely found in its organisation, and what others changed there while it ran."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from ddconf.emulator.generic import Family
from ddconf.emulator.routes import families
from ddconf.emulator.store import Store

Json = Any
Exchange = dict[str, Any]

_ORDERS = {  # what an order's answer names: the store's collection
    "/api/v1/logs/config/pipeline-order": "logs_pipeline",
    "/api/v2/logs/config/archive-order": "logs_archive",
    "/api/v1/logs/config/index-order": "logs_index",
    "/api/v2/sensitive-data-scanner/config": "sensitive_data_scanner_group",
}
_LISTS = ("dashboards", "indexes", "dashboard_lists", "tests", "variables", "locations")


def found(exchanges: list[Exchange]) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Collection, id and fullest content of every object that was there before the recording."""
    made = made_ids(exchanges)
    fullest: dict[tuple[str, str], dict[str, Json]] = {}
    whole: set[str] = set()  # ids of which a read of one told everything
    for exchange in exchanges:
        if exchange["status"] >= 300:
            continue
        if exchange["method"] == "GET" and (family := family_of(exchange)):
            for item in items(exchange["response_body"]):
                id = identity(item, family)
                key = (collection(family, exchange), id)
                if family.type not in ("", item.get("type")):
                    continue
                alone = _base(exchange) != family.path
                if id and id not in made and (key not in fullest or (alone and id not in whole)):
                    fullest[key] = copy.deepcopy(item)
                    whole |= {id} if alone else set()
        for name, id, document in _inside(exchange):
            if id not in made:
                fullest.setdefault((name, id), document)
    for (name, id), document in fullest.items():
        yield name, id, document
    yield from _deleted(exchanges, made, {id for _, id in fullest})


def _deleted(
    exchanges: list[Exchange], made: set[str], known: set[str]
) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Objects known only by their deletion."""
    for exchange in exchanges:
        if exchange["method"] != "DELETE" or exchange["status"] >= 300:
            continue
        family = family_of(exchange)
        id = _base(exchange).rpartition("/")[2]
        if family and _base(exchange) != family.path and id not in made | known:
            stub: dict[str, Json] = {family.id_field: int(id) if id.isdigit() else id, "name": id}
            if family.type:
                stub |= {"type": family.type, "attributes": {"name": id}}
            yield family.name, id, stub


@dataclass(frozen=True)
class Inside:
    """Objects in the answer to a GET of something else: where they are, and where the emulator keeps them."""

    path: str  # a pattern; its group fills `{0}` of the collection
    key: str  # of the list in the body; "" for the body itself
    collection: str
    id: str = "id"


_INSIDE = (
    Inside("/api/v2/team/([^/]+)/memberships", "data", "team_membership/{0}", "relationships.user.data.id"),
    Inside("/api/v2/team/sync", "data", "team_sync", "attributes.source"),
    Inside("/api/v2/sensitive-data-scanner/config", "included", "{type}"),
    Inside("/api/v2/dashboard/lists/manual/([^/]+)/dashboards", "dashboards", "dashboard_list_member/{0}"),
    Inside("/api/unstable/synthetics/mobile/applications", "applications", "mobile_application"),
    Inside("/api/unstable/.*/versions/[^/]+", "", "mobile_application_version"),
    Inside("/api/v1/slo/[^/]+/corrections", "data", "slo_correction"),
    Inside("/api/v1/synthetics/locations", "locations", "synthetics_location"),
    Inside("/api/v1/synthetics/tests", "tests", "synthetics_test", "public_id"),
    Inside("/api/v1/synthetics/tests/.+", "", "synthetics_test", "public_id"),
)


def _inside(exchange: Exchange) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Objects that answers about something else tell of."""
    for permission in _permissions(exchange["response_body"]):
        yield "permission", permission["id"], permission
    if exchange["method"] != "GET":
        return
    for rule in _INSIDE:
        if not (place := re.fullmatch(rule.path, _base(exchange))):
            continue
        body = exchange["response_body"]
        for item in body.get(rule.key, []) if rule.key else [body]:
            if id := _at(item, rule.id):
                yield rule.collection.format(*place.groups(), type=item.get("type")), id, item


def _at(item: Json, path: str) -> str:
    for key in path.split("."):
        item = item.get(key, "") if isinstance(item, dict) else ""
    return str(item)


def _permissions(node: Json) -> Iterator[dict[str, Json]]:
    if isinstance(node, dict):
        if node.get("type") == "permissions" and "id" in node:
            yield node
        for value in node.values():
            yield from _permissions(value)
    elif isinstance(node, list):
        for value in node:
            yield from _permissions(value)


def made_ids(exchanges: Iterable[Exchange]) -> set[str]:
    """The ids that the recording itself brings to life."""
    return {
        identity(item, family)
        for exchange in exchanges
        if exchange["method"] == "POST" and exchange["status"] in (200, 201)
        if (family := family_of(exchange)) or "/synthetics/tests/" in exchange["path"]
        for item in items(exchange["response_body"])
    }


def _base(exchange: Exchange) -> str:
    return urlsplit(exchange["path"]).path


def family_of(exchange: Exchange) -> Family | None:
    """The family whose list or single object a path names; the longest template wins."""
    parts = _base(exchange).strip("/").split("/")
    fitting = [family for family in families() if _fits(family.path.strip("/").split("/"), parts)]
    return max(fitting, key=lambda family: len(family.path), default=None)


def _fits(template: list[str], parts: list[str]) -> bool:
    if len(parts) - len(template) not in (0, 1):
        return False
    return all(want.startswith("{") or want == part for want, part in zip(template, parts, strict=False))


def collection(family: Family, exchange: Exchange) -> str:
    """Where the emulator keeps the objects of a family, apart for each parent in the path."""
    parts = zip(family.path.strip("/").split("/"), _base(exchange).strip("/").split("/"), strict=False)
    return "/".join([family.name, *(part for want, part in parts if want.startswith("{"))])


def identity(item: dict[str, Json], family: Family | None) -> str:
    return str((family and item.get(family.id_field)) or item.get("id") or item.get("public_id") or "")


def items(body: Json) -> list[dict[str, Json]]:
    """The objects in an answer, whatever is around them."""
    if isinstance(body, dict):
        if isinstance(body.get("data"), dict | list):
            body = body["data"]
        else:
            body = next((body[key] for key in _LISTS if isinstance(body.get(key), list)), body)
    return [item for item in (body if isinstance(body, list) else [body]) if isinstance(item, dict)]


def play_others(store: Store, exchange: Exchange, strange: set[str], names: dict[Json, Json]) -> None:
    """Let happen what only other users of the organisation can have done, just before it shows."""
    name = _ORDERS.get(_base(exchange))
    if name and exchange["method"] == "GET" and exchange["status"] == 200:
        _follow_order(store, name, [names.get(id, id) for id in order(exchange["response_body"])], strange)
    id = _base(exchange).rpartition("/")[2]
    if exchange["status"] in (400, 404) and id in strange and (family := family_of(exchange)):
        store.delete(collection(family, exchange), id)


def _follow_order(store: Store, name: str, ids: list[str], strange: set[str]) -> None:
    present = store.ids(name)
    for id in present:
        if id in strange and id not in ids:
            store.delete(name, id)
    for id in ids:
        if id not in present:
            strange.add(id)
            store.put(name, id, {"id": id, "name": id, "is_read_only": False})


def order(body: Json) -> list[str]:
    inner = body["data"].get("attributes", {}) if "data" in body else body
    groups = body["data"].get("relationships", {}).get("groups") if "data" in body else None
    if groups:
        return [group["id"] for group in groups["data"]]
    return next(
        (list(inner[key]) for key in ("pipeline_ids", "archive_ids", "index_names") if key in inner), []
    )


def first_order(exchanges: list[Exchange]) -> Iterator[tuple[str, list[str]]]:
    """The strange ids of each order as they stood before the recording made anything."""
    made, seen = made_ids(exchanges), set()
    for exchange in exchanges:
        name = _ORDERS.get(_base(exchange))
        if not name or name in seen or exchange["method"] != "GET":
            continue
        seen.add(name)
        ids = order(exchange["response_body"])
        own = [place for place, id in enumerate(ids) if id in made]
        yield name, ids[: own[0]] if own else ids
