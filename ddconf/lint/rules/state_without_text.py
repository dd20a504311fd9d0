"""Notifications without a text. https://docs.datadoghq.com/monitors/notify/variables/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.message_templates import HANDLE, shown
from ddconf.lint.rules import rule


@rule("state-without-text", Severity.WARNING)
def state_without_text(facts: Facts) -> Iterator[Finding]:
    """A notification of a state has recipients and an empty text."""
    for address, monitor in facts.monitors.items():
        message = str(monitor.document.get("message") or "")
        states = ["alert", "recovery"]
        states += ["warning"] if monitor.threshold("warning") is not None else []
        for state in states if "{{" in message else ():
            left = shown(message, state)
            if HANDLE.search(left) and not HANDLE.sub("", left).strip():
                place = Place(address, ("message",), 0, 0)
                hint = "add a text for it, or move the handles into the block of another state"
                yield Finding(place, f"{state} is told with handles and no text", hint)
