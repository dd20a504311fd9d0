"""What the references of a definition stand for while an apply goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.datadog.objects import crud
from ddconf.definitions import references
from ddconf.definitions.references import Reference
from ddconf.document import JSON, Document, get, parse_path
from ddconf.errors import DdconfError
from ddconf.kind import Kind
from ddconf.operations.plan.fetch import Kinds
from ddconf.plans.change import Change
from ddconf.state.model import Entry

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client


@dataclass
class ReferenceResolver:
    """Puts ids, fields and secrets in place of references. Safe for threads.

    `entries` are those of the state as the apply keeps them up to date.
    """

    client_for: Callable[[Kind], Client]
    kinds: Kinds
    entries: Mapping[Address, Entry]
    secret: Callable[[str], str]
    # Without a lock: a change waits for those that it refers to, so nobody writes what another one reads.
    _documents: dict[Address, Document] = field(default_factory=dict)

    def add(self, address: Address, document: Document) -> None:
        """Take note of what an address was written as."""
        self._documents[address] = document

    def resolve(self, change: Change) -> Document:
        """The definition with every reference and secret in its place; raises DdconfError."""
        kind = self.kinds(change.address.kind)
        client = self.client_for(kind)

        def value(reference: Reference) -> JSON:
            if reference.key:
                return self._id(reference, change.looked_up.get(str(reference)))
            if reference.kind != "secret":
                return self._value(reference)
            secret = self.secret(reference.name)
            client.hide(secret)
            return secret

        return kind.with_text_ids(references.resolve(change.desired or {}, value))

    def _value(self, reference: Reference) -> JSON:
        entry = self.entries.get(reference.address)
        if entry is None or not reference.field:
            return self._id(reference, entry.id if entry else None)
        document = self._document(self.kinds(reference.kind), reference.address, entry)
        found = get(document, parse_path(reference.field))
        if found is None:
            raise DdconfError(f"${{{reference}}}: {reference.address} has no {reference.field}")
        return found

    def _id(self, reference: Reference, id_: str | None) -> JSON:
        if id_ is None:
            raise DdconfError(f"${{{reference}}} is not known: there is no such object")
        return self.kinds(reference.kind).id_on_the_wire(id_)

    def _document(self, kind: Kind, address: Address, entry: Entry) -> Document:
        """The live document of an address, read once."""
        if address not in self._documents:
            found = crud.read(self.client_for(kind), kind, entry.id, document=entry.applied)
            if found is None:
                raise DdconfError(f"{address} does not exist any more")
            self._documents[address] = found.document
        return self._documents[address]
