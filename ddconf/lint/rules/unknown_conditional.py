"""Blocks of messages that never show. https://docs.datadoghq.com/monitors/notify/variables/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.message_templates import CONDITIONALS, blocks
from ddconf.lint.rules import rule
from ddconf.lint.similar import similar


@rule("unknown-conditional", Severity.ERROR)
def unknown_conditional(facts: Facts) -> Iterator[Finding]:
    """A message has a conditional that Datadog does not know, so its block never shows."""
    for address, monitor in facts.monitors.items():
        for key in ("message", "escalation_message"):
            holder = monitor.document if key == "message" else monitor.options
            path = (key,) if key == "message" else ("options", key)
            for block in blocks(str(holder.get(key) or "")):
                if block.sign != "/" and block.name.startswith("is_") and block.name not in CONDITIONALS:
                    place = Place(address, path, block.start, len(block.name))
                    hint = similar(block.name, CONDITIONALS)
                    yield Finding(place, f"there is no conditional {block.name}", hint)
