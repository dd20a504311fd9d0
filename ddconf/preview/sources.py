"""What widgets are drawn from: logs and what is computed of them, and the monitors that are defined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ddconf.analytics.request import Column, SearchedLogs
from ddconf.document import Document
from ddconf.preview.numbers import Unit, unit_of


@dataclass(frozen=True, slots=True)
class Sources:
    """`app` is the address of Datadog's pages, for links of notes; without it they lead nowhere."""

    store: SearchedLogs
    monitors: Sequence[Document] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    """The unit of each measure, by its path."""
    app: str = ""
    live: bool = False
    """Whether a script of the page draws the lines, from data that go on."""

    def unit(self, column: Column, custom: str | None = None) -> Unit:
        """The unit of a column: its formula's, else that of the measure it shows."""
        return unit_of(column.style, custom, self.units.get((column.measure or "").removeprefix("@")))


@dataclass(frozen=True, slots=True)
class Size:
    """Room for what a widget draws, in pixels."""

    width: int
    height: int
