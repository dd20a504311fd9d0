"""Small plans for the tests of what is rendered."""

from __future__ import annotations

from typing import Any

from ddconf.address import Address
from ddconf.document import parse_path
from ddconf.plans.change import Action, Cause, Change, FieldChange, Plan


def plan(*changes: Change, **more: Any) -> Plan:
    return Plan(changes, "datadoghq.eu", "lineage", 1, "2026-01-01T00:00:00+00:00", **more)


def change(address: str, action: Action, **more: Any) -> Change:
    return Change(Address.parse(address), action, **more)


def update(address: str, *fields: FieldChange, **more: Any) -> Change:
    return change(address, Action.UPDATE, id="7", fields=fields, **more)


def field(path: str, before: Any, after: Any, cause: Cause = Cause.CONFIG) -> FieldChange:
    return FieldChange(parse_path(path), before, after, cause)
