"""Test cases of pipelines: logs, what is expected of them, and where that is written; see verdict.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ddconf.document import JSON, Document, Path
from ddconf.errors import Source
from ddconf.pipelines.log import Log

YEAR = datetime(1971, 1, 1, tzinfo=UTC)
"""The clock of tests: it gives dates their year where they have none, as in Datadog's own tests."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that a case is written in, its YAML document there, and the case's path in that.

    Expected attributes stand below the case at the path `attributes`, official fields at `fields`.
    """

    file: str
    document: int
    path: Path
    positions: Mapping[Path, Source]
    attributes: Path = ("expect",)
    fields: Path = ()
    tags: tuple[str, ...] = ()
    """Tags that stand in each expectation and on no log."""

    def path_of(self, place: Path) -> Path:
        """Where in the document something is said of a place of the log, as of `attributes.http.method`."""
        name, *below = place
        if name == "attributes":
            return (*self.path, *self.attributes, *below)
        return (*self.path, *self.fields, name)

    def at(self, place: Path) -> Source | None:
        """The nearest line that says something of a place of the log."""
        path = self.path_of(place)
        known = (self.positions.get(path[:end]) for end in range(len(path), 0, -1))
        return next((source for source in known if source), None)


@dataclass(frozen=True, slots=True)
class Case:
    """One log and what is expected of it; where nothing is, a grok rule has to match."""

    name: str
    log: JSON
    """A line of text, or a JSON object."""
    source: Source | None = None
    expected: Mapping[str, JSON] = field(default_factory=dict)
    """In the form of `Log.as_json`; null stands for what must be absent."""
    exact: bool = False
    """Whether there must be no other attributes and tags."""
    by_path: bool = False
    """Whether a key with dots names an attribute by its path, as `http.method`."""
    no_match: bool = False
    """Whether no grok rule may match."""
    given: Mapping[str, Any] = field(default_factory=dict)
    """Official fields that the log arrives with."""
    filtered: bool = False
    """Whether the filter of the pipeline itself applies; else it counts as matched."""
    preprocess: bool = True
    now: datetime = YEAR
    skip: str = ""
    """Why the case is not run."""
    parser: Path = ()
    """Of a sample: the path of the grok parser that it is for, which runs alone."""
    origin: Origin | None = field(default=None, compare=False, repr=False)

    def arriving(self) -> Log:
        """The log as it comes to the pipelines."""
        options: dict[str, Any] = {"preprocess": self.preprocess, "now": lambda: self.now, **self.given}
        if isinstance(self.log, dict):
            return Log.from_event(self.log, **options)
        return Log.from_text(self.log, **options)


@dataclass(frozen=True, slots=True)
class Suite:
    """Pipelines that run together, and the cases for them."""

    name: str
    pipelines: tuple[Document, ...]
    cases: tuple[Case, ...] = ()
