"""Messages whose blocks do not close. https://docs.datadoghq.com/monitors/notify/variables/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.message_templates import blocks
from ddconf.lint.rules import rule


@rule("unclosed-block", Severity.ERROR)
def unclosed_block(facts: Facts) -> Iterator[Finding]:
    """A block of a message is not closed, or closed where another is open."""
    for address, monitor in facts.monitors.items():
        waiting = []
        for block in blocks(str(monitor.document.get("message") or "")):
            if block.sign != "/":
                waiting.append(block)
            elif waiting and waiting[-1].name == block.name:
                waiting.pop()
            else:
                place = Place(address, ("message",), block.start, len(block.name))
                yield Finding(place, f"{block.name} was not opened here", "close the blocks in their order")
                waiting = []
                break
        for block in waiting[:1]:
            place = Place(address, ("message",), block.start, len(block.name))
            yield Finding(place, f"{block.name} is never closed", f"add {{{{/{block.name}}}}}")
