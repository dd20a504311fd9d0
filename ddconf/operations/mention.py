"""A place that an answer about definitions mentions."""

from __future__ import annotations

from dataclasses import dataclass

from ddconf.address import Address
from ddconf.definitions.load import Definitions
from ddconf.errors import Source
from ddconf.lint.finding import Place
from ddconf.operations.lint import source_of


@dataclass(frozen=True, slots=True)
class Mention:
    """One line of an answer: what of a definition, doing what, and where it is written."""

    address: Address
    detail: str
    source: Source | None


def mention(definitions: Definitions, place: Place, detail: str) -> Mention:
    """A line about a place of a definition."""
    return Mention(place.address, detail, source_of(place, definitions.items[place.address])[0])
