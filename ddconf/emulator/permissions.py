"""The permissions of the emulated organisation: what roles hold, the same in every sandbox.

A role that is created holds `BASE` besides what was asked for.
https://docs.datadoghq.com/account_management/rbac/permissions/
"""

from __future__ import annotations

import json
import uuid
from functools import cache
from pathlib import Path

from ddconf.emulator.wire import Document

_KNOWN_IDS = {
    "logs_live_tail": "6f66600e-dd12-11e8-9e55-7f30fbb45e73",
    "dashboards_read": "d90f6830-d3d8-11e9-a77a-b3404e5e9ee2",
    "monitors_read": "4441648c-d8b1-11e9-a77a-1b899a04b304",
    "apm_read": "417ba636-2dce-11eb-84c0-6bce5b0d9de0",
    "incident_read": "12efc20e-d36c-11eb-a9b8-da7ad0900002",
    "rum_apps_read": "7605ef24-f376-11eb-b90b-da7ad0900002",
    "notebooks_read": "b6bf9ac6-9a59-11ec-8480-da7ad0900002",
    "slos_read": "f8e941cf-e746-11ec-b22d-da7ad0900002",
    "ci_visibility_read": "6c5ad874-7aff-11ed-a5cd-da7ad0900002",
    "cd_visibility_read": "a8b4d6e8-4ea4-11ee-b482-da7ad0900002",
    "appsec_vm_read": "50c270de-69ee-11ee-9151-da7ad0900002",
}
BASE_NAMES = (
    "dashboards_read",
    "monitors_read",
    "apm_read",
    "incident_read",
    "rum_apps_read",
    "notebooks_read",
    "slos_read",
    "ci_visibility_read",
    "cd_visibility_read",
    "appsec_vm_read",
)


@cache
def _rows() -> list[Document]:
    """Name, title, group and type of each; `restricted` are those that everybody has."""
    rows: list[Document] = json.loads(Path(__file__).with_name("permissions.json").read_bytes())
    return rows


def _permission(row: Document, realm: str) -> Document:
    created = {"created": "2019-09-10T14:39:51.955175+00:00", "description": ""}
    attributes = {**created, "restricted": False, **row}
    return {"type": "permissions", "id": permission_id(row["name"], realm), "attributes": attributes}


def permission_id(name: str, realm: str = "") -> str:
    """Each site has ids of its own, told by a realm: none is that of datadoghq.com."""
    known = _KNOWN_IDS.get(name) if not realm else None
    return known or str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{name}.{realm}" if realm else name))


@cache
def permissions(realm: str = "") -> tuple[Document, ...]:
    """Every permission as a site lists it."""
    return tuple(_permission(row, realm) for row in _rows())


@cache
def permission_texts(realm: str = "") -> tuple[tuple[str, str], ...]:
    """The same as JSON, by their ids: every new organisation gets them."""
    compact = json.JSONEncoder(separators=(",", ":")).encode
    return tuple((permission["id"], compact(permission)) for permission in permissions(realm))


def base(realm: str = "") -> list[str]:
    """The ids of what every role holds."""
    return [permission_id(name, realm) for name in BASE_NAMES]


BASE = base()
