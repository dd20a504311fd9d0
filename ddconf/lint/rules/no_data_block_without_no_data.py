"""Texts for missing data that nobody is told of."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.message_templates import blocks
from ddconf.lint.rules import rule
from ddconf.queries.monitor import MonitorBody


@rule("no-data-block-without-no-data", Severity.WARNING)
def no_data_block_without_no_data(facts: Facts) -> Iterator[Finding]:
    """A message has a text for missing data, and the monitor does not notify of it."""
    for address, monitor in facts.monitors.items():
        if monitor.type in ("composite", "synthetics alert") or monitor.query is None or _tells(monitor):
            continue
        for block in blocks(str(monitor.document.get("message") or "")):
            if block.sign == "#" and block.name in ("is_no_data", "is_no_data_recovery"):
                place = Place(address, ("message",), block.start, len(block.name))
                hint = "write on_missing_data: show_and_notify_no_data, or remove the block"
                yield Finding(place, "the monitor does not tell of missing data", hint)


def _tells(monitor: MonitorBody) -> bool:
    chosen = monitor.options.get("on_missing_data")
    return chosen == "show_and_notify_no_data" or monitor.options.get("notify_no_data") is True
