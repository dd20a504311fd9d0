"""A processor's document, read once when pipelines are compiled.

Reading notes what the processor reads and writes and every mistake with its path, so that one pass serves
running, checking and coverage.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from ddconf.document import JSON, Document, Path, get
from ddconf.pipelines.attributes import Segments, split
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.problem import Problem
from ddconf.pipelines.query import FULL_TEXT, All, Query, QueryError, parse_query
from ddconf.pipelines.stage import Stage
from ddconf.pipelines.timestamp import Clock


@dataclass(frozen=True, slots=True)
class RunSettings:
    """What is the same for all processors of a run; `grok_timeout` is in seconds."""

    now: Clock | None = None
    enrichment: Enrichment = field(default_factory=Enrichment)
    grok_timeout: float = 1.0


class BuildStage(Protocol):
    """Compiles a processor; handed in, since the processors that hold others cannot import the compiler."""

    def __call__(
        self, document: JSON, path: Path, settings: RunSettings, has_enabled_flag: bool = True
    ) -> Stage: ...


class Spec:
    """Typed access to a processor's document; what is missing or ill-typed becomes a problem."""

    def __init__(self, document: JSON, path: Path, settings: RunSettings, build_stage: BuildStage) -> None:
        self.path, self.settings, self.build_stage = path, settings, build_stage
        self.document: Document = document if isinstance(document, dict) else {}
        self.problems: list[Problem] = []
        self.reads: list[str] = []
        self.writes: list[str] = []
        self.parts: list[str] = []
        self.stages: list[Stage] = []
        self.opaque = False
        self.filter: Query | None = None
        if not isinstance(document, dict):
            self.problem("expected a mapping")

    def problem(self, message: str, *steps: str | int, hint: str = "", warning: bool = False) -> None:
        self.problems.append(Problem((*self.path, *steps), message, hint, warning=warning))

    def text(self, key: str, default: str | None = None) -> str:
        """A text; a problem without a default if it is missing."""
        value = self.document.get(key)
        if isinstance(value, str):
            return value
        if value is not None:
            self.problem(f"'{key}' must be a text", key)
        elif default is None:
            self.problem(f"'{key}' is missing")
        return default or ""

    def flag(self, key: str, default: bool = False) -> bool:
        value = self.document.get(key)
        if value is not None and not isinstance(value, bool):
            self.problem(f"'{key}' must be true or false", key)
        return value if isinstance(value, bool) else default

    def items(self, key: str) -> list[JSON]:
        """A list; empty if it is missing."""
        value = self.document.get(key)
        if value is not None and not isinstance(value, list):
            self.problem(f"'{key}' must be a list", key)
        return value if isinstance(value, list) else []

    def source(self, key: str = "source") -> Segments:
        """The path of an attribute that is read."""
        return self.reading(self.text(key))

    def target(self, key: str = "target", default: str | None = None) -> Segments:
        """The path of an attribute that is written."""
        return self.writing(self.text(key, default))

    def sources(self, default: Iterable[str] = ()) -> tuple[Segments, ...]:
        """The paths under `sources`, in order."""
        texts = self.texts("sources") or tuple(default)
        if not texts and not self.document.get("sources"):
            self.problem("'sources' is missing")
        return tuple(self.reading(text) for text in texts)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; what is none is a problem and left out."""
        items = self.items(key)
        for index, item in enumerate(items):
            if not isinstance(item, str):
                self.problem("expected a text", key, index)
        return tuple(item for item in items if isinstance(item, str))

    def reading(self, path: str) -> Segments:
        self.reads.append(path)
        return split(path)

    def writing(self, path: str) -> Segments:
        self.writes.append(path)
        return split(path)

    def query(self, default: str | None = None) -> Query:
        """The query under `filter`; a malformed one is a problem with its place in the text."""
        text = self.below("filter").text("query", default) if "filter" in self.document else default
        if text is None:
            self.problem("'filter' is missing")
        query = self.parsed_query(text or "", "filter", "query")
        self.reads.extend(query.attributes)
        return query

    def parsed_query(self, text: str, *steps: str | int) -> Query:
        """The query of a text; a malformed one is a problem with its place, and matches everything."""
        try:
            query = parse_query(text)
            if FULL_TEXT in query.fields:
                hint = "name the attribute: @attribute:value"
                self.problem("full-text search cannot be used in pipelines", *steps, hint=hint)
            return query
        except QueryError as error:
            found = error.diagnostics[0]
            line, column = (found.source.line, found.source.column) if found.source else (0, 0)
            path = (*self.path, *steps)
            self.problems.append(Problem(path, found.message, found.hint, line, column, error.length))
            return Query("", All())

    def stage(self, document: JSON, *steps: str | int, has_enabled_flag: bool = True) -> Stage:
        """The compiled processor that stands at a place inside this one."""
        return self.build_stage(document, (*self.path, *steps), self.settings, has_enabled_flag)

    def mapping(self, key: str) -> Spec:
        """The spec of a mapping that may be missing."""
        missing = self.document.get(key) is None
        return Spec({}, (*self.path, key), self.settings, self.build_stage) if missing else self.below(key)

    def below(self, *steps: str | int) -> Spec:
        """The spec of a mapping inside this one; what it notes is noted here."""
        inner = Spec(get(self.document, steps), (*self.path, *steps), self.settings, self.build_stage)
        self.problems.extend(inner.problems)
        inner.problems, inner.reads, inner.writes = self.problems, self.reads, self.writes
        inner.parts = self.parts
        return inner
