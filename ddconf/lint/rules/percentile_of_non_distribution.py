"""Percentiles of what has none. https://docs.datadoghq.com/metrics/distributions/"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.metric_types import MetricTypes
from ddconf.lint.rules import rule

_PERCENTILE = re.compile(r"p\d+(?:\.\d+)?")


@rule("percentile-of-non-distribution", Severity.WARNING)
def percentile_of_non_distribution(facts: Facts) -> Iterator[Finding]:
    """A query asks for a percentile of a metric that has none, so it gets no data."""
    types = MetricTypes.of(facts)
    for use in facts.metric_uses:
        asked = use.series.aggregator or ""
        if not _PERCENTILE.fullmatch(asked):
            continue
        type = types.of_metric(use.metric)
        if type and type != "distribution":
            message = f"{use.metric} is a {type}, and only distributions have a {asked}"
            yield Finding(use.place, message, "ask for avg or max, or send it as a distribution")
        elif use.metric in types.without_percentiles:
            message = f"the percentiles of {use.metric} are switched off"
            yield Finding(use.place, message, "write include_percentiles: true in its definition")
