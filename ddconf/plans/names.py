"""Names for the ids that stand in changed fields, so that a person never reads ids alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ddconf.address import Address
from ddconf.document import JSON, get, parse_path
from ddconf.kind import Live
from ddconf.plans.change import Change
from ddconf.plans.matching import Kinds, Match, Objects


def name_ids(
    changes: Sequence[Change], matches: Mapping[Address, Match], objects: Objects, kinds: Kinds
) -> tuple[Change, ...]:
    """The changes with the address of each id in their fields, or the name of what is not ours."""
    if not changes:
        return ()
    owned = {(address.kind, match.live.id): str(address) for address, match in matches.items() if match.live}
    return tuple(_named(change, owned, objects, kinds) for change in changes)


def _named(change: Change, owned: Mapping[tuple[str, str], str], objects: Objects, kinds: Kinds) -> Change:
    targets = {target for _, found in kinds(change.address.kind).targets for target in found}
    names = {}
    for id_ in {str(value) for field in change.fields for value in _scalars([field.before, field.after])}:
        for target in targets:
            if (target, id_) in owned:
                names[id_] = owned[target, id_]
            elif (item := objects.get(target, {}).get(id_)) is not None:
                names[id_] = _title(item, kinds)
    return replace(change, names=names) if names else change


def _title(item: Live, kinds: Kinds) -> str:
    words = [str(get(item.document, parse_path(path), "")) for path in kinds(item.kind).key]
    return " ".join(words) or item.kind


def _scalars(value: JSON) -> Iterator[JSON]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _scalars(item)
    elif value is not None:
        yield value
