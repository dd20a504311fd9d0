"""State: what ddconf applied, by address, and how the server then showed it."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ddconf.address import Address
from ddconf.document import Document
from ddconf.errors import DdconfError

VERSION = 1
DAY_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class Entry:
    """One owned object. `applied` is the normalized document asked for, `observed` how the server showed it.

    `id` is empty for what has none (singletons, what a person did by hand).
    """

    id: str
    applied: Document
    observed: Document
    depends_on: tuple[Address, ...] = ()
    protected: bool = False
    line: bytes = field(default=b"", init=False, compare=False, repr=False)
    """The entry as it stands in the state file, if it comes from there."""

    @classmethod
    def stored(cls, id_: str, depends_on: tuple[Address, ...], protected: bool, line: bytes) -> Entry:
        """An entry from a file: its two documents are read when first asked for, which is seldom."""
        entry = object.__new__(cls)
        put = object.__setattr__
        put(entry, "id", id_)
        put(entry, "depends_on", depends_on)
        put(entry, "protected", protected)
        put(entry, "line", line)
        return entry

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            """Called for `applied` and `observed` of a stored entry, until they are read."""
            if name not in ("applied", "observed"):
                raise AttributeError(name)
            try:
                value = json.loads(self.line)
                applied, observed = value["applied"], value.get("observed", value["applied"])
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
                raise DdconfError(
                    f"the state is damaged: the entry with id {self.id!r} cannot be read"
                ) from None
            object.__setattr__(self, "applied", applied)
            object.__setattr__(self, "observed", observed)
            return getattr(self, name)


class Deletes(NamedTuple):
    """How many objects of a kind a run has deleted, and when, in seconds since the epoch."""

    when: int
    kind: str
    number: int


@dataclass(frozen=True, slots=True)
class State:
    """`serial` grows by one with every run that writes, `lineage` is drawn once, `site` is the client's.

    `organisation` is the id of the one at that site; empty where it is not known yet. `deletes` are those of
    the last runs that nobody had agreed to by number. `applied_by` is the id of the user whose
    keys applied last: they saw every object that is owned.
    """

    lineage: str
    site: str
    serial: int = 0
    entries: Mapping[Address, Entry] = field(default_factory=dict)
    version: int = VERSION
    organisation: str = ""
    deletes: tuple[Deletes, ...] = ()
    applied_by: str = ""
    applied_with: str = ""
    """Tells the rights that the user's key and roles gave then; empty in older states."""

    def recent_deletes(self, now: float | None = None) -> Counter[str]:
        """How many objects of each kind were deleted within a day; `now` in seconds since the epoch."""
        since = (time.time() if now is None else now) - DAY_SECONDS
        recent = Counter[str]()
        for item in self.deletes:
            if item.when >= since:
                recent[item.kind] += item.number
        return recent
