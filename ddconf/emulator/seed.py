"""What a fresh organisation holds already: integration pipelines, an index, roles, facets, its first user.

The integration pipelines' content is made up here; their place, names and read-only nature are Datadog's.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from pathlib import Path

from ddconf.emulator.app import App, RequestRules
from ddconf.emulator.call import Actor
from ddconf.emulator.default_rules import plant_default_rules
from ddconf.emulator.permissions import base, permission_id, permission_texts, permissions
from ddconf.emulator.processors import filled
from ddconf.emulator.quirks.logs_facets import facet
from ddconf.emulator.quirks.synthetics_settings import PUBLIC
from ddconf.emulator.quirks.users import user
from ddconf.emulator.store import Store
from ddconf.emulator.wire import Document

_WRITES = ("dashboards_write", "monitors_write", "slos_write", "notebooks_write", "logs_read_data")
_INTEGRATIONS = {
    "Datadog Agent": (
        "source:(agent OR datadog-agent)",
        'rule %{date("yyyy-MM-dd HH:mm:ss z"):date} \\| %{word:component} \\| %{word:level} \\| %{data:msg}',
        "2025-03-01 09:30:00 UTC | CORE | INFO | collector started",
    ),
    "nginx": (
        "source:nginx",
        'rule %{ip:network.client.ip} "%{word:http.method} %{notSpace:http.url}" %{integer:http.status_code}',
        '192.0.2.10 "GET /health" 200',
    ),
    "python": (
        "source:python",
        "rule %{notSpace:logger.name} %{word:level} %{data:msg}",
        "app.web INFO request served",
    ),
}
_CORE_FACETS = (
    ("Index", "index", "string"),
    ("Source", "source", "string"),
    ("Host", "host", "string"),
    ("Service", "service", "string"),
    ("Status", "status", "string"),
)
_ATTRIBUTE_FACETS = (
    ("URL Path", "http.url_details.path", "string", "Web Access"),
    ("Status Code", "http.status_code", "string", "Web Access"),
    ("Method", "http.method", "string", "Web Access"),
    ("Client IP", "network.client.ip", "string", "Geoip"),
    ("Logger Name", "logger.name", "string", "Source Code"),
    ("Error Kind", "error.kind", "string", "Source Code"),
    ("Duration", "duration", "integer", "Measure"),
)


def open_organisation(path: str | Path) -> Store:
    """The organisation kept in a file, made and planted at the first time."""
    store = Store(path)
    plant(store, actor=Actor(org_uuid=str(uuid.uuid4())))
    with store.transaction():
        plant_default_rules(store, datetime.now(UTC))
    return store


def open_sandbox(path: str | Path) -> App:
    """An app of the organisation in a file; it asks for no keys."""
    return App(open_organisation(path), rules=RequestRules(require_keys=False))


def plant(store: Store, *, now: datetime | None = None, actor: Actor | None = None, realm: str = "") -> None:
    """Put into a store what every organisation has; a second time changes nothing.

    In another `realm` the same things have other ids, as they have in organisations of other sites.
    """
    if store.fact("planted"):
        return
    moment, person = (now or datetime.now(UTC)).isoformat(timespec="microseconds"), actor or Actor()
    with store.transaction():
        for name, (query, rule, sample) in _INTEGRATIONS.items():
            _pipeline(store, name, query, rule, sample, realm)
        store.put("logs_index", "main", _main_index())
        store.set_fact("realm", realm)
        store.add_all("permission", permission_texts(realm))
        _roles(store, moment, person, realm)
        for item in _facets():
            store.put("logs_facet", item["id"], item)
        for id, (title, _) in PUBLIC.items():
            store.put("synthetics_location", id, {"id": id, "name": title})
        store.put("user", person.uuid, user(person, moment, [str(_id("Datadog Admin Role", realm))]))
        store.set_fact("planted", True)


def _pipeline(store: Store, name: str, query: str, rule: str, sample: str, realm: str) -> None:
    parser = {
        "type": "grok-parser",
        "name": f"Parsing {name} logs",
        "is_enabled": True,
        "source": "message",
        "samples": [sample],
        "grok": {"support_rules": "", "match_rules": rule},
    }
    status = {
        "type": "status-remapper",
        "name": "Define `level` as the official status of the log",
        "is_enabled": True,
        "sources": ["level"],
    }
    id = _id(name, realm).hex[:22]
    pipeline = {
        "id": id,
        "type": "pipeline",
        "name": name,
        "is_enabled": True,
        "is_read_only": True,
        "filter": {"query": query},
        "processors": [filled(parser), status],
    }
    store.put("logs_pipeline", id, pipeline)


def _main_index() -> Document:
    return {
        "name": "main",
        "filter": {"query": ""},
        "num_retention_days": 15,
        "num_flex_logs_retention_days": 0,
        "daily_limit": None,
        "daily_limit_reset": None,
        "daily_limit_warning_threshold_percentage": None,
        "is_rate_limited": False,
        "exclusion_filters": [],
        "tags": [],
    }


def _id(name: str, realm: str) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.{realm}" if realm else name)


def _roles(store: Store, moment: str, person: Actor, realm: str) -> None:
    held = {
        "Datadog Admin Role": [permission["id"] for permission in permissions(realm)],
        "Datadog Standard Role": [*base(realm), *(permission_id(name, realm) for name in _WRITES)],
        "Datadog Read Only Role": base(realm),
    }
    for name, ids in held.items():
        id = str(_id(name, realm))
        zulu = moment.replace("+00:00", "Z")
        stamps = {"created_at": zulu, "modified_at": zulu, "created_by_handle": "", "modified_by_handle": ""}
        links = {"permissions": {"data": [{"type": "permissions", "id": id} for id in ids]}}
        role = {
            "type": "roles",
            "id": id,
            "attributes": {"name": name, "managed": True, **stamps},
            "relationships": links,
        }
        store.put("role", id, role)


def _facets() -> list[Document]:
    core = [
        facet({"name": name, "path": path, "type": type, "source": "core"}, editable=False)
        for name, path, type in _CORE_FACETS
    ]
    bundled = [
        facet(
            {
                "name": name,
                "path": path,
                "type": type,
                "groups": [group],
                "facetType": "range" if type == "integer" else "list",
            },
            editable=False,
        )
        for name, path, type, group in _ATTRIBUTE_FACETS
    ]
    return core + bundled
