"""What a changed pipeline makes of samples, before and after, as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ddconf.document import Document
from ddconf.errors import DdconfError
from ddconf.pipelines.log import Log
from ddconf.pipelines.sample_context import log_for_filter
from ddconf.pipelines.trial import Trial, try_samples
from ddconf.render.log_outcome import attributes, badge, both
from ddconf.render.markup import Html, element
from ddconf.render.values import printable

_SAMPLES = 20


def compared(before: Document, after: Document, arriving: Sequence[Log]) -> Iterator[Html]:
    """Each sample that comes out otherwise, and how many stay the same."""
    logs = [log_for_filter(log, after) for log in arriving[:_SAMPLES]]
    if not logs:
        return
    old, new = _tried(before, logs), _tried(after, logs)
    if isinstance(old, str) or isinstance(new, str):
        reason = old if isinstance(old, str) else str(new)
        yield element("p", f"The samples cannot be run: {printable(reason)}", class_="empty")
        return
    differing = [trio for trio in zip(logs, old, new, strict=True) if _shown(trio[1]) != _shown(trio[2])]
    same = len(logs) - len(differing)
    heading = f"{len(differing)} of {len(logs)} samples come out otherwise, {same} stay the same"
    rows = (_sample(log, was, will) for log, was, will in differing)
    yield element("section", element("h3", heading), *rows, class_="samples")


def _tried(pipeline: Document, logs: Sequence[Log]) -> list[Trial] | str:
    try:
        return try_samples(pipeline, logs)
    except DdconfError as error:
        return str(error)


def _shown(trial: Trial) -> tuple[bool, str, str]:
    return trial.matched, trial.outcome.log.message, attributes(trial.outcome)


def _sample(log: Log, old: Trial, new: Trial) -> Html:
    left, right = both(attributes(old.outcome), attributes(new.outcome))
    sides = (
        element("div", element("p", "Before ", badge(old)), left),
        element("div", element("p", "After ", badge(new)), right),
    )
    return element(
        "details",
        element("summary", element("code", printable(log.message))),
        element("div", *sides, class_="sides"),
        open=True,
    )
