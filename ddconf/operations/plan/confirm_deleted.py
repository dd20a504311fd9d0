"""Whether what a list lacks is really gone: a list that was cut off must never look like deleted objects.

Most of Datadog's lists tell no total, so a cut list is an answer like any other. An object that the state
knows and a list lacks is therefore asked for by its id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import Live, find_kind
from ddconf.operations.plan.organisation import identify
from ddconf.state.model import Entry, State

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client

_SHOWN = 5


def refuse_partial_lists(
    client: Client, live: Mapping[str, Collection[Live]], entries: Mapping[Address, Entry]
) -> None:
    """Raise DdconfError where an entry's object exists although its kind's list does not show it."""
    there = {name: {item.id for item in items} for name, items in live.items()}
    lacking = [
        (address, entry)
        for address, entry in entries.items()
        if address.kind in there and entry.id and entry.id not in there[address.kind] and _tells(address.kind)
    ]
    if not lacking:
        return
    with ThreadPoolExecutor(client.workers) as pool:
        found = pool.map(lambda item: list(_mistakes(client, *item)), lacking)
        if mistakes := [mistake for each in found for mistake in each]:
            raise DdconfError(*mistakes)


def refuse_what_other_keys_saw(client: Client, live: Mapping[str, Collection[Live]], state: State) -> None:
    """Raise DdconfError where owned objects are missing for a user who did not apply them, or who
    has another key or other roles since.

    Datadog leaves out of lists what a user may not see, and answers 404 for it: just as if it were deleted.
    """
    seen = {name: {item.id for item in items} for name, items in live.items()}
    missing: dict[str, list[Address]] = defaultdict(list)
    for address, entry in sorted(state.entries.items()):
        is_read = address.kind in seen and find_kind(address.kind).api is not None
        if entry.id and is_read and entry.id not in seen[address.kind]:
            missing[address.kind].append(address)
    if not missing or not state.applied_by:
        return
    keys = identify(client)
    is_same_user = keys.user == state.applied_by
    if not keys.user or (is_same_user and keys.rights == (state.applied_with or keys.rights)):
        return
    others = "another key or role" if is_same_user else f"user {state.applied_by}"
    hint = (
        "give these keys the right to read them, or use those that applied last; "
        "for each that surely is gone: ddconf state rm ADDRESS"
    )
    raise DdconfError(
        *(
            Diagnostic(
                f"cannot read {kind}: user {keys.user} does not see {_some(addresses)}, "
                f"which {others} applied; they may be hidden or deleted",
                hint=hint,
            )
            for kind, addresses in missing.items()
        )
    )


def _some(addresses: Sequence[Address]) -> str:
    more = f" and {len(addresses) - _SHOWN} more" if len(addresses) > _SHOWN else ""
    return ", ".join(map(str, addresses[:_SHOWN])) + more


def _tells(name: str) -> bool:
    """Whether a read says more than the list did."""
    api = find_kind(name).api
    return api is not None and api.list is not None and api.read is not None and not find_kind(name).manual


def _mistakes(client: Client, address: Address, entry: Entry) -> Iterator[Diagnostic]:
    from ddconf.datadog.objects import crud

    unknown = f"cannot read {address.kind}"
    try:
        if crud.read(client, find_kind(address.kind), entry.id, document=entry.applied) is not None:
            hint = "nothing is planned or changed: try again in a moment"
            yield Diagnostic(f"{unknown}: its list lacks {address} [id={entry.id}], which exists", hint=hint)
    except DdconfError as error:
        hint = f"if it surely is gone: ddconf state rm {address}"
        yield Diagnostic(f"{unknown}: its list lacks {address}, and {error}", hint=hint)
