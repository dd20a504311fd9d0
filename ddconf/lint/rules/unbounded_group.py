"""Log-based metrics grouped by what has endless values.

https://docs.datadoghq.com/logs/log_configuration/logs_to_metrics/
"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.attributes import is_unbounded
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.uses import Role


@rule("unbounded-group", Severity.WARNING)
def unbounded_group(facts: Facts) -> Iterator[Finding]:
    """A log-based metric is grouped by an address, a port, an id or a text: each value is a custom metric."""
    for use in facts.uses:
        if use.role is Role.METRIC_GROUP and is_unbounded(use.attribute):
            message = f"@{use.attribute} has no end of values, and each makes a custom metric"
            yield Finding(use.place, message, "group by what has few values; keep this one in the logs")
