"""State: what ddconf applied, by address, and how the server then showed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ddconf.address import Address
from ddconf.document import Document

VERSION = 1


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


@dataclass(frozen=True, slots=True)
class State:
    """`serial` grows by one with every run that writes, `lineage` is drawn once, `site` is the client's."""

    lineage: str
    site: str
    serial: int = 0
    entries: Mapping[Address, Entry] = field(default_factory=dict)
    version: int = VERSION
