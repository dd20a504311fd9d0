"""What is compared of a log that went through pipelines: rules that matched, and the value of each place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ddconf.document import JSON, Path, format_path, walk
from ddconf.pipelines.trace import Outcome, Reason, Step

_FIELDS = ("message", "status", "service", "source", "host", "timestamp", "trace_id", "span_id")
Place = tuple[str, str]
"""`attribute`, `field` or `tag`, and its name."""


@dataclass(frozen=True, slots=True)
class Traits:
    """Rules that match or run away, and the value of each place."""

    rules: frozenset[str]
    runaway: frozenset[str]
    places: Mapping[Place, JSON]


@lru_cache(maxsize=8192)
def _attribute(path: Path) -> Place:
    """Logs have the same attributes over and over."""
    return "attribute", format_path(path)


def _rule(step: Step) -> str:
    return step.report.matched


def traits_of(outcome: Outcome, name: Callable[[Step], str] = _rule) -> Traits:
    """The traits of a traced outcome; `name` says what the rule of a grok parser's step is called."""
    parsers = [step for step in outcome.trace if step.type == "grok-parser"]
    log = outcome.log
    places = {_attribute(path): value for path, value in walk(log.attributes) if path}
    places |= {("field", field): value for field in _FIELDS if (value := getattr(log, field)) is not None}
    places |= {("tag", tag): True for tag in log.tags}
    return Traits(
        frozenset(name(step) for step in parsers if step.applied),
        frozenset(name(step) for step in parsers if step.report.reason is Reason.RUNAWAY),
        places,
    )
