"""What references stand for while a plan is made; the ids of what it creates are not known yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.references import UNRESOLVED, Reference
from ddconf.document import JSON, Document, get, parse_path
from ddconf.kind import NONE
from ddconf.plans.matching import Kinds, Match


@dataclass(frozen=True, slots=True)
class ReferenceValues:
    """Answers references from the matches; UNRESOLVED is left for apply to resolve."""

    matches: Mapping[Address, Match]
    kinds: Kinds
    secret: Callable[[str], str]
    looked_up: Mapping[str, str] = NONE
    made: set[Address] = field(default_factory=set)
    """What the plan creates or replaces."""

    def value(self, reference: Reference) -> JSON:
        """The value of any reference, a secret's too."""
        return self.secret(reference.name) if reference.kind == "secret" else self.public(reference)

    def public(self, reference: Reference) -> JSON:
        """The value of a reference, never a secret."""
        if reference.key:
            id_ = self.looked_up.get(str(reference))
            return UNRESOLVED if id_ is None else self._id(reference.kind, id_)
        match = self.matches.get(reference.address)
        if match is None:
            return UNRESOLVED
        if reference.field:
            return self._field(match, reference.field)
        if reference.address in self.made or match.live is None:
            return UNRESOLVED
        return self._id(reference.kind, match.live.id)

    def _id(self, kind: str, id_: str) -> JSON:
        return self.kinds(kind).id_on_the_wire(id_)

    def _field(self, match: Match, field: str) -> JSON:
        """As it will be after the plan: as defined, else as live."""
        path = parse_path(field)
        defined = get(match.definition.document, path) if match.definition else None
        if defined is not None:
            value = references.resolve({"value": defined}, self.public)["value"]
            return UNRESOLVED if next(references.find(value), None) else value
        if match.live is None or match.address in self.made:
            return UNRESOLVED
        live = get(match.live.document, path)
        return UNRESOLVED if live is None else live

    def resolve_public(self, document: Document) -> Document:
        return references.resolve(document, self.public)
