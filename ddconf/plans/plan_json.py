"""A plan as JSON and back, exactly: the saved plan file and `--format json`. Reading trusts nothing."""

from __future__ import annotations

import json
from collections.abc import Collection
from enum import StrEnum
from typing import NoReturn, TypeVar

from ddconf.address import Address
from ddconf.document import JSON, Document, Path, format_path, is_deeper, parse_path
from ddconf.errors import DdconfError, Source
from ddconf.kind import kind_names
from ddconf.plans.change import FORMAT, Action, Cause, Change, FieldChange, Plan

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

DEEPEST = 150
"""More than answers of Datadog may have, and far less than what makes functions recurse too deep."""


def to_json(plan: Plan) -> Document:
    """The plan as plain JSON values; documents are shared with the plan, not copied."""
    return {
        "format": plan.format,
        "site": plan.site,
        "lineage": plan.lineage,
        "serial": plan.serial,
        "created": plan.created,
        "unchanged": plan.unchanged,
        "unmanaged": plan.unmanaged,
        "changes": [_change_to_json(change) for change in plan.changes],
    }


def _change_to_json(change: Change) -> Document:
    return {
        "address": str(change.address),
        "action": change.action.value,
        "id": change.id,
        "reason": change.reason,
        "before": change.before,
        "desired": change.desired,
        "fields": [
            {
                "path": format_path(field.path),
                "before": field.before,
                "after": field.after,
                "cause": field.cause.value,
            }
            for field in change.fields
        ],
        "depends_on": [str(address) for address in change.depends_on],
        "moved_from": str(change.moved_from) if change.moved_from else None,
        "source": _source_to_json(change.source) if change.source else None,
        "ignore": list(change.ignore),
        "protect": change.protect,
        **({"owner": change.owner} if change.owner else {}),
        **({"adopt": True} if change.adopt else {}),
        "names": dict(change.names),
        **({"looked_up": dict(change.looked_up)} if change.looked_up else {}),
    }


def _source_to_json(source: Source) -> Document:
    return {"file": source.file, "line": source.line, "column": source.column}


def loads(text: str, kinds: Collection[str] | None = None) -> Plan:
    """The plan in a file's text; raises DdconfError."""
    if is_deeper(text.encode(), DEEPEST):
        raise DdconfError("not a plan of ddconf: it is nested too deep")
    try:
        return from_json(json.loads(text), kinds)
    except RecursionError:
        raise DdconfError("not a plan of ddconf: it is nested too deep") from None
    except ValueError as error:
        raise DdconfError(f"not a plan of ddconf: {error}") from None


def from_json(value: JSON, kinds: Collection[str] | None = None) -> Plan:
    """The plan that `to_json` wrote; raises DdconfError for anything else, however it came about.

    `kinds` are the kinds that there are, else those of this program.
    """
    plan = _Fields(value, "plan")
    number = plan.number("format")
    if number > FORMAT:
        raise DdconfError(
            f"the plan has format {number}, and this ddconf knows formats up to {FORMAT}: use a newer ddconf"
        )
    if number < 1:
        plan.refuse("format", "no known format")
    changes = tuple(_change(_Fields(item, f"change {at}")) for at, item in enumerate(plan.list("changes"), 1))
    addresses = [change.address for change in changes]
    if unknown := {address.kind for address in addresses}.difference(
        kind_names() if kinds is None else kinds
    ):
        plan.refuse("changes", f"unknown kind {min(unknown)}")
    if len(set(addresses)) < len(addresses):
        plan.refuse("changes", "an address is there twice")
    return Plan(
        changes=changes,
        site=plan.text("site"),
        lineage=plan.text("lineage"),
        serial=plan.number("serial"),
        created=plan.text("created"),
        unchanged=plan.number("unchanged"),
        unmanaged=plan.number("unmanaged"),
        format=number,
    )


def _change(of: _Fields) -> Change:
    action = of.one_of("action", Action)
    change = Change(
        address=of.address("address"),
        action=action,
        id=of.text("id"),
        before=of.document("before"),
        desired=of.document("desired"),
        fields=tuple(_field(_Fields(item, f"{of.where}, field")) for item in of.list("fields")),
        depends_on=tuple(_address(item, of, "depends_on") for item in of.texts("depends_on")),
        moved_from=of.address("moved_from") if of.get("moved_from") is not None else None,
        reason=of.text("reason"),
        source=_source(_Fields(of.get("source"), f"{of.where}, source"))
        if of.get("source") is not None
        else None,
        ignore=of.texts("ignore"),
        protect=of.flag("protect"),
        owner=of.text("owner") if of.has("owner") else "",
        adopt=of.flag("adopt") if of.has("adopt") else False,
        names=of.names("names"),
        looked_up=of.names("looked_up") if of.has("looked_up") else {},
    )
    if (change.desired is None) != (action in (Action.DELETE, Action.FORGET)) and action is not Action.NOOP:
        of.refuse("desired", f"does not fit to {action}")
    if change.before is None and action in (Action.UPDATE, Action.REPLACE, Action.ADOPT, Action.DELETE):
        of.refuse("before", f"does not fit to {action}")
    return change


def _field(of: _Fields) -> FieldChange:
    return FieldChange(of.path("path"), of.get("before"), of.get("after"), of.one_of("cause", Cause))


def _source(of: _Fields) -> Source:
    return Source(of.text("file"), of.number("line"), of.number("column"))


def _address(text: str, of: _Fields, name: str) -> Address:
    try:
        return Address.parse(text)
    except ValueError as error:
        of.refuse(name, str(error))


class _Fields:
    """A mapping of the file, whose fields are taken out with their types checked."""

    def __init__(self, value: JSON, where: str) -> None:
        self.where = where
        if not isinstance(value, dict):
            raise DdconfError(f"not a plan of ddconf: {where} is not an object")
        self._value = value

    def refuse(self, name: str, why: str) -> NoReturn:
        raise DdconfError(f"not a plan of ddconf: {self.where}, {name}: {why}")

    def has(self, name: str) -> bool:
        return name in self._value

    def get(self, name: str) -> JSON:
        if name not in self._value:
            self.refuse(name, "is missing")
        return self._value[name]

    def _typed(self, name: str, type_: type[T]) -> T:
        value = self.get(name)
        if type(value) is not type_:
            self.refuse(name, f"expected {_TYPES[type_]}")
        return value

    def text(self, name: str) -> str:
        return self._typed(name, str)

    def flag(self, name: str) -> bool:
        return self._typed(name, bool)

    def number(self, name: str) -> int:
        if (number := self._typed(name, int)) < 0:
            self.refuse(name, "is negative")
        return number

    def list(self, name: str) -> list[JSON]:
        return self._typed(name, list)

    def texts(self, name: str) -> tuple[str, ...]:
        items = self.list(name)
        if not all(type(item) is str for item in items):
            self.refuse(name, "expected texts")
        return tuple(items)

    def names(self, name: str) -> dict[str, str]:
        names = self._typed(name, dict)
        if not all(type(value) is str for value in names.values()):
            self.refuse(name, "expected texts")
        return names

    def document(self, name: str) -> Document | None:
        return None if self.get(name) is None else self._typed(name, dict)

    def one_of(self, name: str, choices: type[E]) -> E:
        try:
            return choices(self.text(name))
        except ValueError:
            self.refuse(name, f"expected one of {', '.join(choices)}")

    def address(self, name: str) -> Address:
        return _address(self.text(name), self, name)

    def path(self, name: str) -> Path:
        path = parse_path(self.text(name))
        if not path or format_path(path) != self.text(name):
            self.refuse(name, "is not a path")
        return path


_TYPES = {str: "a text", bool: "true or false", int: "a whole number", list: "a list", dict: "an object"}
