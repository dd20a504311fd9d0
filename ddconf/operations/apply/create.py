"""Create an object once: not where it exists by now, and not twice where an answer was lost."""

from __future__ import annotations

import re
import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ddconf.datadog.objects import crud
from ddconf.datadog.objects.reread_list import list_verified
from ddconf.document import Document
from ddconf.errors import ApiError, DdconfError
from ddconf.kind import Kind, Live
from ddconf.plans.adoption import natural_key

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client

LOOK_UPS_SECONDS = (0.0, 0.5, 1.5, 4.0)
"""When a create's answer was lost: how long to wait before each look for the object."""
TRIES = 4

_TAKEN = re.compile(r"already|duplicate|unique|conflict|taken|in use", re.IGNORECASE)

ByKey = Mapping[str, list[Live]]


@dataclass
class Creator:
    """What all creates of one apply share. Safe for threads.

    `owned` gives the ids of a kind's objects that are ours, as of now. `is_alone` holds while a lock keeps
    other runs away: then one look for each kind is enough.
    """

    client_for: Callable[[Kind], Client]
    owned: Callable[[Kind], Collection[str]]
    sleep: Callable[[float], object]
    is_alone: bool = True
    mark: str = ""
    """What new objects get, as that of their owner."""
    _before: dict[str, ByKey] = field(default_factory=dict)
    """By kind, what was there before the first create; each kind's part is made under its lock."""
    _locks: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))

    def find_existing(self, kind: Kind, document: Document) -> list[Live]:
        """Objects that are not ours and have the document's natural key, before this apply made any.

        Without a lock it looks anew each time, since other runs make objects meanwhile. Raises ApiError where
        the kind's list turns out to have been cut short.
        """
        if kind.api is None or kind.api.list is None:
            return []
        if not self.is_alone:
            return self._of_others(kind, document, _there(self.client_for(kind), kind))
        with self._locks[kind.name]:  # a list takes a while, and other kinds need not wait for it
            if kind.name not in self._before:
                self._before[kind.name] = _there(self.client_for(kind), kind)
        return self._of_others(kind, document, self._before[kind.name])

    def create(self, kind: Kind, document: Document) -> Live:
        """Create, and after a lost answer look for the object before trying again; raises DdconfError."""
        tries = TRIES
        while True:
            tries -= 1
            try:
                return sent_with_mark(
                    self.mark, lambda mark: crud.create(self.client_for(kind), kind, document, mark=mark)
                )
            except ApiError as error:
                if not error.lost:
                    raise
                if found := self._look_up(kind, document):
                    return found
                if not tries:
                    raise

    def _look_up(self, kind: Kind, document: Document) -> Live | None:
        """The object that a create of unknown outcome made; None when several looks show none."""
        for pause in LOOK_UPS_SECONDS:
            self.sleep(pause)
            listed = crud.list_all(self.client_for(kind), kind, hints=[("", document)])
            same = self._of_others(kind, document, _by_key(kind, listed))
            if len(same) > 1:
                ids = ", ".join(item.id for item in same)
                raise DdconfError(f"the answer to the create was lost, and several have its name: {ids}")
            if same:
                return same[0]
        return None

    def _of_others(self, kind: Kind, document: Document, by_key: ByKey) -> list[Live]:
        candidates = by_key.get(natural_key(kind, document) or "", [])
        ours = self.owned(kind) if candidates else ()
        return [item for item in candidates if item.id not in ours]


def sent_with_mark(mark: str, send: Callable[[str], Live]) -> Live:
    """What a write with the mark of the owner gives; without one where Datadog refuses the tags.

    It has rules for tags that nobody can know, such as how many there may be and an organisation's policies.
    """
    try:
        return send(mark)
    except ApiError as error:
        refused = error.status in (400, 422) and "tag" in " ".join(error.errors).lower()
        if not mark or error.lost or not refused:
            raise
        return send("")


def is_taken(error: ApiError) -> bool:
    """Whether Datadog refused to make an object since one like it is there."""
    told = error.status in (400, 403, 422) and _TAKEN.search(" ".join(error.errors)) is not None
    return error.status == 409 or told


def _there(client: Client, kind: Kind) -> ByKey:
    """A kind's objects by key, from its list asked for once more; they are read where it lacks the key."""
    listed = list_verified(client, kind)
    found = _by_key(kind, listed)
    if sum(map(len, found.values())) < len(listed):
        found = _by_key(kind, crud.list_all(client, kind))
    return found


def _by_key(kind: Kind, items: Iterable[Live]) -> ByKey:
    found: dict[str, list[Live]] = defaultdict(list)
    for item in items:
        if (key := natural_key(kind, item.document)) is not None:
            found[key].append(item)
    return found
