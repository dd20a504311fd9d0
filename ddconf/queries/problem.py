"""A mistake in the body of a monitor, an SLO or a dashboard, with its path."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ddconf.document import Path
from ddconf.pipelines.query import QueryError

MALFORMED = "malformed-metric-query"


@dataclass(frozen=True, slots=True)
class QueryProblem:
    """What Datadog refuses, or, as a warning, what is doubtful.

    `start` and `length` are in the text at the path; without a length the whole value is meant. `answer` is
    the text with which Datadog refuses it, where that is known; `rule` is the rule of lint that is broken.
    """

    path: Path
    message: str
    hint: str = ""
    start: int = 0
    length: int = 0
    answer: str = ""
    warning: bool = False
    rule: str = MALFORMED

    def below(self, *steps: str | int) -> QueryProblem:
        return replace(self, path=(*steps, *self.path))


class QueryMistake(QueryError):
    """A mistake that the grammar lets through; `rule` is the rule of lint that it breaks."""

    def __init__(
        self, text: str, span: tuple[int, int], message: str, hint: str = "", rule: str = MALFORMED
    ) -> None:
        super().__init__(text, span[0], message, hint, max(1, span[1] - span[0]))
        self.rule = rule


def in_text(path: Path, error: QueryError, rule: str = "") -> QueryProblem:
    """The mistake of a query that stands at a path."""
    (diagnostic,) = error.diagnostics
    broken = rule or (error.rule if isinstance(error, QueryMistake) else MALFORMED)
    return QueryProblem(path, diagnostic.message, diagnostic.hint, error.offset, error.length, rule=broken)


def moved(error: QueryError, text: str, by: int) -> QueryMistake:
    """The mistake of a text that begins `by` characters inside of another."""
    (diagnostic,) = error.diagnostics
    start = by + error.offset
    broken = error.rule if isinstance(error, QueryMistake) else MALFORMED
    return QueryMistake(text, (start, start + error.length), diagnostic.message, diagnostic.hint, broken)
