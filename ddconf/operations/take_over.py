"""Export from the organisation to files and state, with the proof that its plan is empty."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.errors import Diagnostic
from ddconf.operations.export import Selection, Taken, take
from ddconf.operations.export_files import Files
from ddconf.operations.fetch import fetch_what_can_be, kinds_for, known_objects
from ddconf.operations.files import write_file
from ddconf.operations.naming import UNKNOWN, Addresses, named_beside
from ddconf.operations.plan import compare
from ddconf.plans.change import Change
from ddconf.state.backend import Backend
from ddconf.state.state import State
from ddconf.state.store import recorder

if TYPE_CHECKING:
    from ddconf.datadog.client import Client
    from ddconf.definitions.load import Definitions
    from ddconf.definitions.settings import Settings


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export did: `left` is what its own plan still changes, `problems` what could not be done."""

    taken: Taken
    files: tuple[Path, ...]
    left: tuple[Change, ...]
    problems: tuple[Diagnostic, ...]


def export(
    client: Client,
    settings: Settings,
    load: Callable[[], Definitions],
    backend: Backend,
    state: State,
    names: Collection[str],
    selection: Selection,
    *,
    out: Path = Path(),
    layout: str = "object",
    sandbox: bool = False,
    named: Addresses = UNKNOWN,
) -> Exported:
    """Write definitions and entries of the selected objects of these kinds; hold the state's lock.

    `named` are the addresses that new definitions get, for objects that have names elsewhere. An object that
    cannot be read is a problem of its own, which stops no other.
    """
    kinds = kinds_for(settings, sandbox=sandbox)
    definitions = load()
    known = known_objects(definitions.items, state.entries)
    for (name, id_), _ in named.items():
        known.setdefault(name, []).append((id_, {}))
    unread: list[Diagnostic] = []
    asked = {*names, *(address.kind for address in definitions.items)}
    live, failed = fetch_what_can_be(
        client,
        {*asked, *named_beside(names)},
        settings,
        sandbox=sandbox,
        known=known,
        unread=unread,
    )
    taken = take(live, names, state, definitions.items, kinds, selection, named)
    with_entries = replace(state, entries={**state.entries, **taken.entries})
    files = Files()
    files.add_new(
        {
            address: taken.documents[address]
            for address in taken.documents
            if address not in definitions.items
        },
        settings.root,
        out,
        layout,
    )
    differing: Sequence[Change] = ()
    if definitions.items:
        differing = compare(settings, definitions, with_entries, live, client.site, kinds)
    files.edit_existing(_ours(differing, taken), definitions.items, taken.documents)
    for file, text in files.texts.items():
        write_file(file, text)
    with recorder(backend, state) as journal:
        new = {
            address: entry for address, entry in taken.entries.items() if state.entries.get(address) != entry
        }
        journal.take_over(new)  # without them, the next plan adopts what was written
    left = compare(settings, load(), with_entries, live, client.site, kinds)
    return Exported(
        taken,
        tuple(files.texts),
        _ours(left, taken),
        (*(error for name, error in failed.items() if name in asked), *unread, *files.problems),
    )


def _ours(changes: Sequence[Change], taken: Taken) -> tuple[Change, ...]:
    wanted: set[Address] = set(taken.documents)
    return tuple(change for change in changes if change.address in wanted and change.fields)
