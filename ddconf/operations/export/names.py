"""What definitions call the objects of an organisation: by address, by natural key, by a field of others."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from ddconf.address import Address
from ddconf.definitions.definition import Definition
from ddconf.definitions.references import Reference
from ddconf.document import JSON, Document, get, parse_path
from ddconf.kind import NONE, Kind, Live, find_kind, kind_names
from ddconf.operations.plan.fetch import Kinds
from ddconf.plans.adoption import is_unmanaged, natural_key

Ids = Mapping[tuple[str, str], Address | Reference]
"""(kind, id) -> what is written for that id; `(kind.field, value)` for the value of another field."""
Addresses = Mapping[tuple[str, str], Address]
"""(kind, id) -> the address of an object."""
NO_ADDRESSES: Addresses = {}


@dataclass(frozen=True, slots=True)
class Names:
    """Everything that can be called by a name; `handles` as in texts -> as definitions write them."""

    ids: Ids
    handles: Mapping[str, str]


_LONGEST_NAME = 60
_WORD = re.compile(r"[\w.-]+")
_SPELLABLE = re.compile(r"[^{}\n]+")


def names_of(addresses: Addresses, live: Mapping[str, Sequence[Live]], kinds: Kinds) -> Names:
    """What is written for everything that has an address, and for what exists without one."""
    by_key: dict[tuple[str, str], Reference] = {}
    by_field: dict[tuple[str, str], Reference] = {}
    handles: dict[str, str] = {}
    for name, items in live.items():
        kind = kinds(name)
        by_key |= {(name, id_): found for id_, found in _by_key(kind, items, addresses)}
        fields = _reference_fields().get(name, {})
        for item in items if fields or kind.handles else ():
            if (address := addresses.get((name, item.id))) is not None:
                document = item.document
                by_field |= _by_field(address, document, fields)
                handles |= _handles(kind, address, document)
    return Names({**by_key, **by_field, **addresses}, handles)


def _by_key(kind: Kind, items: Sequence[Live], addresses: Addresses) -> Iterator[tuple[str, Reference]]:
    """Look-ups of what has no address, where no other object can have the same name."""
    if len(kind.key) != 1 or kind.api is None or kind.api.list is None or kind.api.unlisted:
        return
    others = [item for item in items if (kind.name, item.id) not in addresses]
    fixed = kind.unique_key or bool(kind.opt_in)
    wanted = [item for item in others if fixed or is_unmanaged(kind, item)]
    path = parse_path(kind.key[0])
    counts = Counter(str(get(item.document, path)) for item in items) if wanted else Counter()
    for item in wanted:
        key = get(item.document, path)
        if isinstance(key, str) and counts[key] == 1 and _SPELLABLE.fullmatch(key):
            yield item.id, Reference(kind.name, "", key=key)


def _by_field(
    address: Address, document: Document, fields: Mapping[str, str]
) -> Iterator[tuple[tuple[str, str], Reference]]:
    for field, target in fields.items():
        value = get(document, parse_path(field))
        if isinstance(value, str | int) and value:
            yield (target, str(value)), Reference(address.kind, address.name, field)


def _handles(kind: Kind, address: Address, document: Document) -> Iterator[tuple[str, str]]:
    """Each handle of an object, with the reference that makes it."""
    for template in kind.handles:
        start, field = template.removesuffix("}").split("{")
        value = get(document, parse_path(field))
        if isinstance(value, str) and _WORD.fullmatch(value):
            reference = Reference(address.kind, address.name, "" if field == kind.id else field)
            yield f"{start}{value}", f"{start}${{{reference}}}"


@cache
def handle_starts() -> re.Pattern[bytes]:
    """What every handle begins with, in a packed document."""
    templates = {template for kind in map(find_kind, kind_names()) for template in kind.handles}
    return re.compile("|".join(sorted(re.escape(text.partition("{")[0]) for text in templates)).encode())


@cache
def _reference_fields() -> Mapping[str, Mapping[str, str]]:
    """By kind, the fields by which others call its objects -> the targets that they stand for.

    Where a read-only field holds the id of another kind's object, such as the monitor of a synthetic test,
    that object came along with this one, and is written as this one's field.
    """
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for kind in map(find_kind, kind_names()):
        for pattern, targets in kind.targets:
            if pattern in kind.read_only:
                found[kind.name][pattern] = targets[0]
            for target in targets:
                name, _, field = target.partition(".")
                if field:
                    found[name][field] = target
    return found


def targets_of(names: Iterable[str]) -> set[str]:
    """The kinds that these refer to."""
    found = (target for name in names for _, targets in find_kind(name).targets for target in targets)
    return {target.partition(".")[0] for target in found}


@cache
def unreferenced_kinds() -> frozenset[str]:
    """Kinds whose objects no others name, by id, by a field or by handle."""
    named = targets_of(kind_names()) | _reference_fields().keys()
    return frozenset(name for name in kind_names() if name not in named and not find_kind(name).handles)


def kinds_listed_for_names(names: Collection[str]) -> set[str]:
    """Kinds that these refer to and whose objects have names of their own: one list each tells them."""
    return {
        kind.name
        for kind in map(find_kind, targets_of(names))
        if kind.api
        and not kind.api.unlisted
        and (kind.api.system_owned or kind.unique_key or kind.unmanaged or kind.opt_in)
    } - {*names}


def name_all(
    items: Mapping[str, Sequence[Live]],
    live: Mapping[str, Sequence[Live]],
    kinds: Kinds,
    known: Addresses,
    defined: Mapping[Address, Definition] = MappingProxyType({}),
) -> dict[tuple[str, str], Address]:
    """What is known, and an address for each of the items; names that are defined already stay taken.

    What has the names of others in its own is named after them.
    """
    addresses = {**known}
    used: dict[str, dict[str, Document | None]] = defaultdict(dict)
    owned = set(known.values())
    for address, definition in defined.items():
        used[address.kind][address.name] = None if address in owned else definition.document
    for later in (False, True):
        ids = names_of(addresses, live, kinds).ids
        taken: dict[str, dict[str, Address]] = defaultdict(dict)
        for (name, id_), address in addresses.items():
            taken[name][id_] = address
        for name in sorted(items):
            if _is_named_after_others(kinds(name)) is later:
                found = addresses_for(kinds(name), items[name], ids, taken[name], used[name])
                addresses |= {(name, id_): address for id_, address in found.items()}
    return addresses


def _is_named_after_others(kind: Kind) -> bool:
    return any(path in kind.key for path, _ in kind.targets)


def name_for(kind: Kind, item: Live, ids: Ids = NO_ADDRESSES) -> str:
    """A name from the natural key: `CPU is high on {{host}}` -> `cpu_is_high_on_host`.

    Where the key holds the id of another object, that one's name stands for it.
    """
    targets = dict(kind.targets)
    words = []
    for path in kind.key:
        value = get(item.document, parse_path(path), "")
        found = [ids[one, str(value)] for one in targets.get(path, ()) if (one, str(value)) in ids]
        words.append(_word(found[0]) if found else str(value))
    text = unicodedata.normalize("NFKD", " ".join(words)).encode("ascii", "ignore").decode()
    return _cut(re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")) or (
        "main" if not kind.key else f"{kind.name}_{re.sub(r'[^a-z0-9]+', '', item.id.lower())}"
    )


def _cut(name: str) -> str:
    """The name without the words that make it too long; one word alone is cut where it must be."""
    if len(name) <= _LONGEST_NAME:
        return name
    whole_words = name[: _LONGEST_NAME + 1].rpartition("_")[0]
    return whole_words.strip("_") or name[:_LONGEST_NAME]


def _word(named: Address | Reference) -> str:
    return named.key if isinstance(named, Reference) and named.key else named.name


def addresses_for(
    kind: Kind,
    items: Iterable[Live],
    ids: Ids,
    taken: Mapping[str, Address] = NONE,
    used: Mapping[str, Document | None] = NONE,
) -> dict[str, Address]:
    """An address for each object by its id: the one it has, or a new one made unique in the order of ids.

    `ids` are the addresses of all that is known, `taken` those of this kind, `used` the names that are
    defined. One of those is given to an object whose natural key is that of the definition, if it is there.
    """
    names = {address.name for address in taken.values()}
    result: dict[str, Address] = {}
    for wanted, item in sorted(((name_for(kind, item, ids), item) for item in items), key=_order):
        if item.id in taken:
            result[item.id] = taken[item.id]
            continue
        name, number = wanted, 2
        while name in names or (name in used and not _is_like(kind, used[name], item)):
            name, number = f"{wanted}_{number}", number + 1
        names.add(name)
        result[item.id] = Address(kind.name, name)
    return result


def _is_like(kind: Kind, document: Document | None, item: Live) -> bool:
    """Whether an object without an entry is the one that a definition is about, by its natural key."""
    key = natural_key(kind, document) if document is not None else None
    return key is not None and key == natural_key(kind, item.document)


def _order(named: tuple[str, Live]) -> tuple[str, JSON]:
    return named[0], named[1].id
