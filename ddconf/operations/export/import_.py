"""Take over one live object at an address, in Terraform's manner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.datadog.objects import bodies, crud
from ddconf.datadog.objects.read_request import ReadRequest
from ddconf.definitions import references
from ddconf.document import copy, drop, parse_path
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind.mark import mark_of
from ddconf.operations.export.as_definition import present
from ddconf.operations.export.known_secrets import KnownSecrets
from ddconf.operations.export.names import kinds_listed_for_names, names_of
from ddconf.operations.plan.fetch import fetch_what_can_be, kinds_for, kinds_named
from ddconf.plans.adoption import is_unmanaged
from ddconf.plans.comparison import NormalizationContext
from ddconf.plans.ownership import owner_of
from ddconf.state.journal import recorder
from ddconf.state.model import Entry, State
from ddconf.state.protocol import Backend

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client
    from ddconf.definitions.settings import Settings
    from ddconf.document import Document
    from ddconf.kind import Kind, Live


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """The object of an id, for an address; `adopt` it though another state owns it."""

    address: Address
    id: str
    adopt: bool = False


def take_one(
    client: Client,
    settings: Settings,
    backend: Backend,
    state: State,
    request: ImportRequest,
    *,
    sandbox: bool,
) -> Document:
    """Make the object this address's own, and give its document as a definition; hold the lock.

    Raises DdconfError where there is no such object, or where it or the address is taken.
    """
    address, id_ = request.address, request.id
    kinds = kinds_for(settings, sandbox=sandbox)
    kind = kinds(address.kind)
    owner = next(
        (item for item, entry in state.entries.items() if item.kind == kind.name and entry.id == id_), None
    )
    if owner is not None or address in state.entries:
        taken = f"{id_} is owned by {owner}" if owner else f"{address} owns {state.entries[address].id}"
        raise DdconfError(Diagnostic(f"cannot import: {taken} already", hint="`ddconf state rm` forgets it"))
    found = _read(client, kind, id_)
    if found is None:
        above = _above(kind)
        hint = f"write {above.upper()}/ID, since an id alone does not tell the {above}" if above else ""
        raise DdconfError(Diagnostic(f"there is no {kind.name} with id {id_}", hint=hint))
    if is_unmanaged(kind, found):
        raise DdconfError(f"{kind.name} {id_} cannot be changed by anybody")
    if not request.adopt and (other := owner_of(found, mark_of(state.lineage))):
        message = f"cannot import: {kind.name} {id_} is owned by another ddconf state (tag {other})"
        raise DdconfError(Diagnostic(message, hint="to take it over: --adopt"))
    owned = {(item.kind, entry.id): item for item, entry in state.entries.items()}
    lists = ReadRequest((), list_only=kinds_named(kinds_listed_for_names([kind.name])))
    beside, _ = fetch_what_can_be(client, lists, settings, sandbox=sandbox)
    names = names_of(owned, beside, kinds)
    shown = present(kind, found.document, names.ids, names.handles)
    if problem := KnownSecrets.of(settings).problem(address, shown):
        raise DdconfError(problem)
    seen = NormalizationContext(kind, (), (), state.lineage.encode()).normalize(found.document)
    applied: Document = copy(seen)
    for pattern in kind.hidden(found.document):  # nobody knows what was applied, and the definition has none
        drop(applied, parse_path(pattern))
    with recorder(backend, state) as journal:
        journal.record(address, Entry(found.id, applied, seen, references.needs(shown)))
    return shown


def _read(client: Client, kind: Kind, id_: str) -> Live | None:
    """The object of an id, which may be made of several parts, or stand behind what it is below of."""
    above, (parent, slash, own) = _above(kind), id_.partition("/")
    if above and slash:
        return crud.read(client, kind, own, document={above: parent})
    return crud.read(client, kind, id_, document=bodies.fields_of_id(kind, id_))


def _above(kind: Kind) -> str:
    """The field of what an object is below of, where nobody can list that, and the id has it not."""
    return kind.api.parent[0] if kind.id and kind.api and not kind.api.parent[1] else ""
