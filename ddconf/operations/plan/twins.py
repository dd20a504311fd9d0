"""Live objects of one kind and one natural key: made by two hands, or left behind by a run that died."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ddconf.datadog.objects.read_request import ReadRequest
from ddconf.document import Document, find, get, parse_path
from ddconf.errors import DdconfError
from ddconf.kind import Kind, Live, find_kind, kind_names
from ddconf.operations.plan.fetch import Kinds, fetch_what_can_be, kinds_for, kinds_named
from ddconf.plans.adoption import is_unmanaged, natural_key
from ddconf.plans.comparison import NormalizationContext

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client
    from ddconf.definitions.settings import Settings
    from ddconf.state.model import State

Found = Mapping[str, Sequence[Live]]


@dataclass(frozen=True, slots=True)
class Twin:
    """One of several live objects: who owns it, what refers to it, and how it differs from the first."""

    kind: str
    id: str
    title: str
    address: str = ""
    used_by: tuple[str, ...] = ()
    differs_in: tuple[str, ...] = ()


def find_twins(
    client: Client, settings: Settings, state: State, names: Collection[str], *, sandbox: bool
) -> list[tuple[Twin, ...]]:
    """Every group of twins of these kinds; raises DdconfError where one of the kinds cannot be read."""
    kinds = kinds_for(settings, sandbox=sandbox)
    referring = {name for name in kind_names() if _is_listed(kinds(name)) and _refers(kinds(name), names)}
    request = ReadRequest(kinds_named({*names, *referring}))
    found, failed = fetch_what_can_be(client, request, settings, sandbox=sandbox)
    if unread := [error for name, error in failed.items() if name in names]:
        raise DdconfError(*unread)
    addresses = {(address.kind, entry.id): str(address) for address, entry in sorted(state.entries.items())}
    uses = _uses(found, kinds, addresses)
    return [
        tuple(_twin(item, group[0], kinds(name), addresses, uses) for item in group)
        for name in sorted(names)
        for group in _groups(kinds(name), found.get(name, ()), addresses)
    ]


def listed_kinds(sandbox_kinds: Kinds = find_kind) -> list[str]:
    """The kinds whose objects a list shows, and may be two of one name."""
    return [name for name in kind_names() if _is_listed(kind := sandbox_kinds(name)) and kind.allows_two]


def _is_listed(kind: Kind) -> bool:
    return kind.api is not None and kind.api.list is not None and not kind.api.unlisted


def _refers(kind: Kind, names: Collection[str]) -> bool:
    return any(target.partition(".")[0] in names for _, targets in kind.targets for target in targets)


def _groups(
    kind: Kind, items: Sequence[Live], addresses: Mapping[tuple[str, str], str]
) -> Iterator[list[Live]]:
    """Objects of one name, those with an address first."""
    by_key: dict[str, list[Live]] = defaultdict(list)
    for item in items:
        if not is_unmanaged(kind, item) and (key := natural_key(kind, item.document)) is not None:
            by_key[key].append(item)
    for group in by_key.values():
        if len(group) > 1:
            yield sorted(group, key=lambda item: ((kind.name, item.id) not in addresses, item.id))


def _uses(
    found: Found, kinds: Kinds, addresses: Mapping[tuple[str, str], str]
) -> Mapping[tuple[str, str], list[str]]:
    """What refers to an id of a kind, by address or kind and id."""
    uses: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, items in found.items():
        for item in items:
            user = addresses.get((name, item.id), f"{name} {item.id}")
            for target, id_ in _references(kinds(name), item.document):
                if user not in uses[target, id_]:
                    uses[target, id_].append(user)
    return uses


def _references(kind: Kind, document: Document) -> Iterator[tuple[str, str]]:
    for pattern, targets in kind.targets:
        for path in find(document, parse_path(pattern)):
            value = get(document, path)
            for target in targets:
                yield from ((target, word) for word in str(value).replace(":", " ").split())


def _twin(
    item: Live,
    first: Live,
    kind: Kind,
    addresses: Mapping[tuple[str, str], str],
    uses: Mapping[tuple[str, str], list[str]],
) -> Twin:
    view = NormalizationContext(kind)
    one, other = view.normalize(first.document), view.normalize(item.document)
    differs = tuple(sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key)))
    title = " ".join(str(get(item.document, parse_path(path), "")) for path in kind.key)
    used_by = tuple(sorted(uses.get((kind.name, item.id), ())))
    return Twin(kind.name, item.id, title, addresses.get((kind.name, item.id), ""), used_by, differs)
