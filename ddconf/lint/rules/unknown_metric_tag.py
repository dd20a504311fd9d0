"""Tags that a log-based metric does not have."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.shape import mappings
from ddconf.lint.similar import similar


@rule("unknown-metric-tag", Severity.WARNING)
def unknown_metric_tag(facts: Facts) -> Iterator[Finding]:
    """A query filters or groups a log-based metric by a tag that its group_by does not make."""
    for use in facts.metric_uses:
        if use.metric not in facts.log_metrics:
            continue
        _, metric = facts.log_metrics[use.metric]
        groups = [group for _, group in mappings(metric.get("group_by"))]
        tags = [str(group.get("tag_name") or group.get("path", "")).lstrip("@") for group in groups]
        for tag, place in use.tags:
            if tag not in tags:
                hint = similar(tag, tags, f"it has: {', '.join(tags) or 'none'}")
                yield Finding(place, f"{use.metric} has no tag '{tag}'", hint)
