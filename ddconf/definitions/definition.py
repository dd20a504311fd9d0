"""A definition: one resource as the user wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from ddconf.address import Address
from ddconf.document import Document, Packed, Path, unpack
from ddconf.errors import Source


@dataclass(frozen=True, slots=True)
class WaiverTerms:
    """Why a rule does not count, and the last day on which it does not; None for ever."""

    reason: str
    until: date | None = None

    def hold(self, today: date) -> bool:
        """Whether the waiver has not expired."""
        return self.until is None or today <= self.until


@dataclass(frozen=True, slots=True)
class Options:
    """What stands under the reserved key `ddconf:` of a definition."""

    id: str | None = None
    """The live object to adopt, where the natural key does not tell."""
    protect: bool = False
    adopt: bool = False
    """Take the object over though another state owns it."""
    ignore: tuple[str, ...] = ()
    """Paths that are neither compared nor changed."""
    waive: Mapping[str, WaiverTerms] = field(default_factory=lambda: MappingProxyType({}))
    """Lint rules that are not to speak of this definition."""


@dataclass(frozen=True, slots=True)
class Definition:
    """`document` still holds `${...}`; `positions` tells where each path was written.

    Most are never looked at, so loaded ones stay packed.
    """

    address: Address
    content: Document | Packed
    options: Options = Options()
    positions: Mapping[Path, Source] = field(default_factory=dict, compare=False, repr=False)
    refers: bool = field(default=True, compare=False, repr=False)
    """False where `${` surely stands nowhere in the document."""

    @property
    def document(self) -> Document:
        return self.content if isinstance(self.content, dict) else unpack(self.content)

    @property
    def source(self) -> Source | None:
        return self.at(())

    def at(self, path: Path) -> Source | None:
        """The nearest known position of a path."""
        for length in range(len(path), -1, -1):
            if (found := self.positions.get(path[:length])) is not None:
                return found
        return None


@dataclass(frozen=True, slots=True)
class Waiver:
    """What lint shall not report, from ddconf.yaml or a definition; in the address `at`, `*` is any text."""

    rule: str
    reason: str
    at: str = "*"
    source: Source | None = None
    until: date | None = None
    """The last day on which it counts."""


@dataclass(frozen=True, slots=True)
class MovedBlock:
    """`moved: [{from, to}]`: a definition that changed its address."""

    before: Address
    after: Address
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class RemovedBlock:
    """`removed: [monitor.old]`: no longer managed, but left as it is in Datadog."""

    address: Address
    source: Source | None = None
