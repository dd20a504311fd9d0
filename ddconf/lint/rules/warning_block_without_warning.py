"""Texts for warnings that cannot come."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.message_templates import blocks
from ddconf.lint.rules import rule

_NAMES = ("is_warning", "is_warning_recovery", "is_alert_to_warning")


@rule("warning-block-without-warning", Severity.WARNING)
def warning_block_without_warning(facts: Facts) -> Iterator[Finding]:
    """A message has a text for warnings, and the monitor has no warning threshold."""
    for address, monitor in facts.monitors.items():
        if monitor.type in ("composite", "service check", "synthetics alert") or monitor.query is None:
            continue
        thresholds = monitor.options.get("thresholds")
        if isinstance(thresholds, dict) and thresholds.get("warning") is not None:
            continue
        for block in blocks(str(monitor.document.get("message") or "")):
            if block.sign == "#" and block.name in _NAMES:
                place = Place(address, ("message",), block.start, len(block.name))
                yield Finding(place, "the monitor has no warning threshold", "add one, or remove the block")
