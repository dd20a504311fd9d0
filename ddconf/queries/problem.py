"""A mistake in the body of a monitor, an SLO or a dashboard, with its path."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ddconf.document import Path
from ddconf.pipelines.query import QueryError


@dataclass(frozen=True, slots=True)
class Problem:
    """What Datadog refuses, or, as a warning, what is doubtful.

    `start` and `length` are in the text at the path; without a length the whole value is meant. `answer` is
    the text with which Datadog refuses it, where that is known.
    """

    path: Path
    message: str
    hint: str = ""
    start: int = 0
    length: int = 0
    answer: str = ""
    warning: bool = False

    def below(self, *steps: str | int) -> Problem:
        return replace(self, path=(*steps, *self.path))


def in_text(path: Path, error: QueryError) -> Problem:
    """The mistake of a query that stands at a path."""
    (diagnostic,) = error.diagnostics
    return Problem(path, diagnostic.message, diagnostic.hint, error.offset, error.length)
