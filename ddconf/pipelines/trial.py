"""Try a pipeline on samples: what became of each, and whether its grok rules took it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ddconf.document import Document
from ddconf.pipelines.engine import compile_pipelines
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.log import Log
from ddconf.pipelines.timestamp import Clock
from ddconf.pipelines.trace import Outcome

_GROK = "grok-parser"


@dataclass(frozen=True, slots=True)
class Trial:
    """`matched`: a grok rule took the log; where there is no grok parser on its way, the filter did."""

    outcome: Outcome
    matched: bool
    rule: str = ""


def try_samples(
    pipeline: Document,
    samples: Sequence[Log],
    *,
    now: Clock | None = None,
    enrichment: Enrichment | None = None,
) -> list[Trial]:
    """A trial for each sample; raises DdconfError where the pipeline cannot be compiled."""
    compiled = compile_pipelines(pipeline, now=now, enrichment=enrichment)
    return [_trial(compiled.run(sample)) for sample in samples]


def _trial(outcome: Outcome) -> Trial:
    parsers = [step for step in outcome.trace if step.type == _GROK]
    rules = [step.report.matched for step in parsers if step.applied]
    passed = bool(outcome.trace) and outcome.trace[0].applied
    return Trial(outcome, bool(rules) if parsers else passed, ", ".join(rules))
