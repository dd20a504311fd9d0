"""Two organisations held against one another, object by object as their states name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.datadog.objects.read_request import ReadRequest
from ddconf.document import Document
from ddconf.errors import DdconfError
from ddconf.operations.export.as_definition import present, without_foreign_items
from ddconf.operations.export.names import kinds_listed_for_names, names_of
from ddconf.operations.plan.fetch import fetch_what_can_be, kinds_for, kinds_named
from ddconf.operations.plan.unlisted import object_hints
from ddconf.plans.change import FieldChange
from ddconf.plans.comparison import NormalizationContext
from ddconf.plans.diff import field_changes

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client
    from ddconf.definitions.settings import Settings
    from ddconf.state.model import State


@dataclass(frozen=True, slots=True)
class Difference:
    """How one address differs: `fields` go from the first to the second, empty where one has none."""

    address: Address
    only_in: str = ""
    fields: tuple[FieldChange, ...] = ()


def live_documents(
    client: Client, settings: Settings, state: State, *, sandbox: bool
) -> dict[Address, Document]:
    """What is live at each address, written as definitions write it: by reference, not by id."""
    kinds = kinds_for(settings, sandbox=sandbox)
    wanted = {address.kind for address in state.entries}
    request = ReadRequest(
        kinds_named(wanted),
        list_only=kinds_named(kinds_listed_for_names(wanted)),
        hints=object_hints({}, state.entries, kinds),
    )
    found, failed = fetch_what_can_be(client, request, settings, sandbox=sandbox)
    if unread := [error for name, error in failed.items() if name in wanted]:
        raise DdconfError(*unread)
    ids = {(address.kind, entry.id): address for address, entry in state.entries.items()}
    names = names_of(ids, found, kinds)
    live = {(name, item.id): item for name, items in found.items() for item in items}
    shown = {}
    for address, entry in state.entries.items():
        if (item := live.get((address.kind, entry.id))) is not None:
            kind = kinds(address.kind)
            document = without_foreign_items(kind, item.document, names.ids) or {}
            shown[address] = NormalizationContext(kind).normalize(
                present(kind, document, names.ids, names.handles)
            )
    return shown


def compare(
    first: Mapping[Address, Document], second: Mapping[Address, Document], names: tuple[str, str]
) -> list[Difference]:
    """The differences of two organisations, by address."""
    found = []
    for address in sorted(first.keys() | second.keys()):
        one, other = first.get(address), second.get(address)
        if one is None or other is None:
            found.append(Difference(address, only_in=names[one is None]))
        elif fields := field_changes(other, one, None, None):
            found.append(Difference(address, fields=fields))
    return found
