"""What a rule finds, and the place in a definition that it is about."""

from __future__ import annotations

from dataclasses import dataclass

from ddconf.address import Address
from ddconf.document import JSON, Path
from ddconf.errors import Severity

REMOVE = object()
"""The value of a field that a fix takes away."""


@dataclass(frozen=True, slots=True)
class Place:
    """A path of a definition, and in the text that stands there `length` characters from `start` on.

    Without a length the whole value is meant.
    """

    address: Address
    path: Path = ()
    start: int = 0
    length: int = 0

    def below(self, *steps: str | int) -> Place:
        return Place(self.address, (*self.path, *steps))

    def part(self, start: int, length: int) -> Place:
        """A part of the text that this place is."""
        return Place(self.address, self.path, self.start + start, length)


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `severity` where it is not that of the rule, whose name is filled in afterwards.

    `fix` is a path of the definition and its new value, where there is one right answer.
    """

    place: Place
    message: str
    hint: str = ""
    severity: Severity | None = None
    rule: str = ""
    fix: tuple[Path, JSON] | None = None
