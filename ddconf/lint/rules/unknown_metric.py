"""Metrics in queries that are a misspelling of a log-based one."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.similar import similar


@rule("unknown-metric", Severity.WARNING)
def unknown_metric(facts: Facts) -> Iterator[Finding]:
    """A query names a metric that is nearly, but not quite, one made from logs here."""
    for use in facts.metric_uses:
        if use.metric not in facts.log_metrics and (hint := _near(use.metric, facts)):
            yield Finding(use.place, f"no log metric here is called '{use.metric}'", hint)


def _near(metric: str, facts: Facts) -> str:
    """A hint, if a log metric of the same family is alike; others may come from anywhere."""
    family = metric.split(".")[0]
    return similar(metric, (name for name in facts.log_metrics if name.split(".")[0] == family))
