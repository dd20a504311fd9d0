"""What a recording merely found in its organisation: objects that it shows but did not make."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from ddconf.emulator.collections import ids_in, orders, plain_collections
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.ids import uuid
from ddconf.emulator.routes import families
from ddconf.emulator.singletons import singletons

Json = Any
Exchange = dict[str, Any]

ORDERS = {  # what an order's answer names: the store's collection
    "/api/v1/logs/config/pipeline-order": "logs_pipeline",
    "/api/v2/logs/config/archive-order": "logs_archive",
    "/api/v1/logs/config/index-order": "logs_index",
    "/api/v2/sensitive-data-scanner/config": "sensitive_data_scanner_group",
}
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
RESULTS = "synthetics_result/{0}"
_LISTS = ("dashboards", "indexes", "dashboard_lists", "tests", "variables", "locations")


def found(exchanges: list[Exchange]) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """ApiCollection, id and fullest content of every object that was there before the recording."""
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
                alone = base(exchange) != list_path(family)
                if id and id not in made and (key not in fullest or (alone and id not in whole)):
                    fullest[key] = copy.deepcopy(item)
                    whole |= {id} if alone else set()
        for name, id, document in _inside(exchange):
            if id not in made and _says_more(document, fullest.get((name, id))):
                fullest[name, id] = document
    for (name, id), document in fullest.items():
        yield name, id, document
    known = {id for _, id in fullest}
    yield from _deleted(exchanges, made, known)
    yield from _conflicting(exchanges, made | known)
    for exchange in exchanges:
        if exchange["status"] < 300:
            yield from named(exchange["method"], base(exchange), exchange["request_body"], made | known)
    yield from _parents(exchanges, made | known)


_SETTINGS = {"/api/v1/synthetics/settings/default_locations": "synthetics_default_locations"}


def _says_more(document: dict[str, Json], known: dict[str, Json] | None) -> bool:
    """Whether an object is told in full where only a link to it was known."""
    return known is None or ("attributes" in document and "attributes" not in known)


def settings(exchanges: list[Exchange]) -> Iterator[tuple[str, Json]]:
    """Single facts of the organisation, by the emulator's name for each."""
    named = _SETTINGS | {row["path"]: f"singleton{row['path']}" for row in singletons()}
    typed = {row["path"] for row in singletons() if row["type"]}
    seen: set[str] = set()  # what is told later can be the recording's own doing
    for exchange in exchanges:
        path = base(exchange)
        if path in named and path not in seen and (exchange["method"] != "GET" or exchange["status"] == 200):
            seen.add(path)
            content = exchange["response_body"]
            if exchange["method"] == "GET":
                yield named[path], content["data"]["attributes"] if path in typed else content


def _deleted(
    exchanges: list[Exchange], made: set[str], known: set[str]
) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Objects known only by a write to them: a deletion, or a change."""
    for exchange in exchanges:
        if exchange["method"] not in ("DELETE", "PATCH") or exchange["status"] >= 300:
            continue
        family = family_of(exchange)
        id = id_in(family, base(exchange)) if family else ""
        if family and base(exchange) != list_path(family) and id not in made | known:
            yield family.name, id, stub(family, id)


def _parents(exchanges: list[Exchange], known: set[str]) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Objects known only by what an answer showed below them."""
    for exchange in exchanges:
        if exchange["status"] >= 300 and exchange["status"] != 409:
            continue
        parts = base(exchange).strip("/").split("/")
        for length in range(2, len(parts)):
            family = _family(tuple(parts[:length]))
            if family and family.new_id is uuid and UUID.fullmatch(parts[length - 1]):
                id = parts[length - 1]
                own = [e for e in exchanges if base(e) == list_path(family)]
                if (
                    id not in (made_ids(own) | known - made_ids(exchanges))
                    and len(list_path(family).strip("/").split("/")) == length - 1
                ):
                    yield family.name, id, stub(family, id)


def _conflicting(exchanges: list[Exchange], known: set[str]) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Objects known only by the refusal to make them again, under an id that the body or the path tells."""
    for exchange in exchanges:
        if exchange["status"] != 409 or exchange["method"] != "POST" or not (family := family_of(exchange)):
            continue
        body, path = exchange["request_body"], base(exchange)
        if family.path and not (family.own_id and isinstance(body, dict)):
            continue
        if family.path and family.own_id:
            id = family.own_id(body["data"] if family.type else body)
        else:
            id = id_in(family, path)
        if id not in known:
            yield collection(family, exchange), id, stub(family, id, body)


def named(
    method: str,
    path: str,
    body: Json,
    known: set[str] = frozenset(),  # type: ignore[assignment]
) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Objects known only by an accepted write that names them: an order, or links to others."""
    for template, by, name in (*orders(), *((path, "PUT", name) for path, name in ORDERS.items())):
        if by == method and _matches(template, path):
            kept_in = "/".join([name, *_arguments(template, path)])
            family = next((one for one in _families() if one.name == name), None)
            for id in ids_in(body):
                if family and id not in known:
                    yield kept_in, id, stub(family, id)


def _matches(template: str, path: str) -> bool:
    return bool(re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path))


def _arguments(template: str, path: str) -> list[str]:
    parts = zip(template.split("/"), path.split("/"), strict=True)
    return [unquote(given) for want, given in parts if want.startswith("{")]


def stub(family: ApiCollection, id: str, told: Json = None) -> dict[str, Json]:
    """An object of which only the id is known, and what a body tells."""
    if family.type:
        data = told.get("data") if isinstance(told, dict) else None
        known = data.get("attributes", {}) if isinstance(data, dict) else {}
        return {family.id_field: id, "type": family.type, "attributes": {"name": id, **known}}
    own = {family.id_field: int(id) if id.isdigit() else id, "name": id}
    return {**(told if isinstance(told, dict) else {}), **own}


def _log_v1(log: Json) -> dict[str, Json]:
    return {"id": log["id"], "type": "log", "attributes": {"status": "info", **log["content"]}}


def _suite(hit: Json) -> dict[str, Json]:
    return {"id": hit["public_id"], "type": "suites", "attributes": hit}


def _matched(match: Json, monitor_id: str) -> dict[str, Json]:
    """The downtime that matches a monitor."""
    told = match["attributes"]
    schedule = {"start": told["start"], "end": told["end"]}
    attributes = {"monitor_identifier": {"monitor_id": int(monitor_id)}, "scope": told["scope"]}
    return {"id": match["id"], "type": "downtime", "attributes": attributes | {"schedule": schedule}}


@dataclass(frozen=True)
class Inside:
    """Objects in the answer to a read of something else: where they are, and where they are kept here."""

    path: str  # a pattern; its group fills `{0}` of the collection
    key: str  # of the list in the body; "" for the body itself
    collection: str
    id: str = "id"  # where an item tells its id; "" where the path does
    method: str = "GET"
    kept: Callable[..., dict[str, Json]] = lambda item, *_: item  # as the emulator keeps it


_INSIDE = (
    Inside("/api/v2/team/([^/]+)/memberships", "data", "team_membership/{0}", "relationships.user.data.id"),
    Inside("/api/v2/team/sync", "data", "team_sync", "attributes.source"),
    Inside("/api/v2/sensitive-data-scanner/config", "included", "{type}"),
    Inside("/api/v2/dashboard/lists/manual/([^/]+)/dashboards", "dashboards", "dashboard_list_member/{0}"),
    Inside("/api/unstable/synthetics/mobile/applications", "applications", "mobile_application"),
    Inside("/api/unstable/.*/versions/[^/]+", "", "mobile_application_version"),
    Inside("/api/v1/slo/[^/]+/corrections", "data", "slo_correction"),
    Inside("/api/v1/org", "orgs", "child_organization", "public_id"),
    Inside("/api/v1/org/[^/]+", "org", "child_organization", "public_id"),
    Inside(
        "/api/v1/integration/pagerduty", "services", "integration_pagerduty_service_object", "service_name"
    ),
    Inside("/api/v1/metrics/([^/]+)", "", "metric_metadata", ""),
    Inside("/api/v2/metrics", "data", "metric_tag_configuration"),
    Inside("/api/v1/synthetics/locations", "locations", "synthetics_location"),
    Inside("/api/v1/synthetics/tests", "tests", "synthetics_test", "public_id"),
    Inside("/api/v1/synthetics/tests/.+", "", "synthetics_test", "public_id"),
    Inside("/api/v./synthetics/tests/(?:browser/)?([^/]+)/results", "results", RESULTS, "result_id"),
    Inside("/api/v./synthetics/tests/(?:browser/)?([^/]+)/results", "data", RESULTS),
    Inside("/api/v1/synthetics/tests/(?:browser/)?([^/]+)/results/.+", "", RESULTS, "result_id"),
    Inside(
        "/api/v2/synthetics/suites/search",
        "data.attributes.suites",
        "synthetics_suite",
        "public_id",
        kept=_suite,
    ),
    Inside("/api/v2/monitor/([^/]+)/downtime_matches", "data", "downtime", kept=_matched),
    Inside("/api/v2/team/connections", "data", "team_connection"),
    Inside("/api/v2/logs/events", "data", "log_event"),
    Inside("/api/v2/logs/events/search", "data", "log_event", method="POST"),
    Inside("/api/v1/logs-queries/list", "logs", "log_event", method="POST", kept=_log_v1),
)


def _inside(exchange: Exchange) -> Iterator[tuple[str, str, dict[str, Json]]]:
    """Objects that answers about something else tell of."""
    for item in _permissions(exchange["response_body"]):
        if item["type"] == "permissions" or {"attributes", "relationships"} <= item.keys():
            yield item["type"].removesuffix("s"), item["id"], item
    for downtime in _downtimes(exchange["response_body"]):
        yield "downtime_v1", str(downtime["id"]), downtime | {"canceled": None}
    for rule in _INSIDE:
        place = re.fullmatch(rule.path, base(exchange))
        if not place or exchange["method"] != rule.method:
            continue
        body = exchange["response_body"]
        told = (_at(body, rule.key) or []) if rule.key else [body]
        for item in told if isinstance(told, list) else [told]:
            if id := _at(item, rule.id) if rule.id else unquote(place[1]):
                name = rule.collection.format(*place.groups(), type=item.get("type"))
                yield name, str(id), rule.kept(item, *place.groups())


def _at(item: Json, path: str) -> Json:
    for key in path.split("."):
        item = item.get(key, "") if isinstance(item, dict) else ""
    return item


def _downtimes(body: Json) -> Iterator[dict[str, Json]]:
    """The downtimes of all monitors that monitors tell."""
    for monitor in body if isinstance(body, list) else [body]:
        matching = monitor.get("matching_downtimes") if isinstance(monitor, dict) else None
        yield from (downtime for downtime in matching or () if downtime["monitor_id"] is None)


def _permissions(node: Json) -> Iterator[dict[str, Json]]:
    """Permissions and roles, in full where an answer tells them so."""
    if isinstance(node, dict):
        if node.get("type") in ("permissions", "roles") and "id" in node:
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


def base(exchange: Exchange) -> str:
    return urlsplit(exchange["path"]).path


def family_of(exchange: Exchange) -> ApiCollection | None:
    """The family whose list or single object a path names; the longest template wins."""
    return _family(tuple(base(exchange).strip("/").split("/")))


@cache
def _family(parts: tuple[str, ...]) -> ApiCollection | None:
    given = list(parts)
    fitting = [family for family in _families() if _fits(list_path(family).strip("/").split("/"), given)]
    return max(fitting, key=lambda family: len(list_path(family)), default=None)


@cache
def _families() -> tuple[ApiCollection, ...]:
    return (*families(), *plain_collections())


def list_path(family: ApiCollection) -> str:
    """Where a family's list is, or would be."""
    return family.path or family.list_path or family.item_path.removesuffix("/{id}")


def _fits(template: list[str], parts: list[str]) -> bool:
    if len(parts) - len(template) not in (0, 1):
        return False
    return all(want.startswith("{") or want == part for want, part in zip(template, parts, strict=False))


def collection(family: ApiCollection, exchange: Exchange) -> str:
    """Where the emulator keeps the objects of a family, apart for each parent in the path."""
    parts = zip(list_path(family).strip("/").split("/"), base(exchange).strip("/").split("/"), strict=False)
    return "/".join([family.name, *(part for want, part in parts if want.startswith("{") and want != "{id}")])


def id_in(family: ApiCollection, path: str) -> str:
    """The id of the object that a path names; it need not stand at the end."""
    template = family.item_path
    if template and not template.endswith("{id}") and _matches(template, path):
        return _arguments(template, path)[-1]
    return path.rpartition("/")[2]


def identity(item: dict[str, Json], family: ApiCollection | None) -> str:
    return str((family and item.get(family.id_field)) or item.get("id") or item.get("public_id") or "")


def items(body: Json) -> list[dict[str, Json]]:
    """The objects in an answer, whatever is around them."""
    if isinstance(body, dict):
        if isinstance(body.get("data"), dict | list):
            body = body["data"]
        else:
            body = next((body[key] for key in _LISTS if isinstance(body.get(key), list)), body)
    return [item for item in (body if isinstance(body, list) else [body]) if isinstance(item, dict)]


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
        name = ORDERS.get(base(exchange))
        if not name or name in seen or exchange["method"] != "GET":
            continue
        seen.add(name)
        ids = order(exchange["response_body"])
        own = [place for place, id in enumerate(ids) if id in made]
        yield name, ids[: own[0]] if own else ids
