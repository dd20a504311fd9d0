"""What definitions without an object of their own are about, as the next plan would find it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.kind import Live
from ddconf.plans.adoption import adopt_all
from ddconf.plans.lookups import resolve_lookups
from ddconf.plans.matching import Kinds, match_entries, objects_by_id
from ddconf.plans.reference_values import ReferenceValues
from ddconf.state.model import Entry


def predict_adoptions(
    definitions: Mapping[Address, Definition],
    entries: Mapping[Address, Entry],
    live: Mapping[str, Sequence[Live]],
    kinds: Kinds,
) -> dict[tuple[str, str], Address]:
    """Kind and id of each object that a plan would adopt, with its address; what is doubtful is left out."""
    objects = objects_by_id(live)
    matches = match_entries(definitions, entries, objects, {}, kinds)
    if all(match.live for match in matches.values()):
        return {}
    known = ReferenceValues(matches, kinds, lambda _secret: "", resolve_lookups(definitions, live, kinds).ids)
    needs = {address: references.needs(item.document) for address, item in definitions.items()}
    adopt_all(needs, matches, objects, kinds, known.resolve_public)
    return {
        (address.kind, match.live.id): address
        for address, match in matches.items()
        if match.live and match.definition and not match.entry
    }
