"""Which processors, grok rules, categories and lookup rows a set of runs reached, from their traces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ddconf.document import Path
from ddconf.pipelines.engine import Pipelines
from ddconf.pipelines.trace import Outcome


@dataclass(frozen=True, slots=True)
class CoveredPart:
    """A processor, or with `part` one of its rules, categories or rows."""

    path: Path
    type: str
    name: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """All parts of the pipelines, in order, by whether a run reached them."""

    reached: tuple[CoveredPart, ...]
    missed: tuple[CoveredPart, ...]

    @property
    def share(self) -> float:
        """The reached part of all, between 0 and 1; 1 where there is nothing to reach."""
        total = len(self.reached) + len(self.missed)
        return len(self.reached) / total if total else 1.0


def coverage(pipelines: Pipelines, outcomes: Iterable[Outcome]) -> Coverage:
    """What the runs reached; a processor counts when it was applied, a part when a run went by it."""
    seen = {
        place
        for outcome in outcomes
        for step in outcome.trace
        if step.applied
        for place in ((step.path, ""), (step.path, step.report.matched))
    }
    parts = [
        CoveredPart(stage.path, stage.type, stage.name, part)
        for stage in pipelines.walk()
        for part in ("", *stage.parts)
    ]
    reached = tuple(part for part in parts if (part.path, part.part) in seen)
    return Coverage(reached, tuple(part for part in parts if (part.path, part.part) not in seen))
