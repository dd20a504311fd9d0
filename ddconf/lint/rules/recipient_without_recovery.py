"""Recipients who do not hear of the end."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.message_templates import HANDLE, shown
from ddconf.lint.rules import rule


@rule("recipient-without-recovery", Severity.NOTE)
def recipient_without_recovery(facts: Facts) -> Iterator[Finding]:
    """A monitor tells of an alert and not of its end."""
    for address, monitor in facts.monitors.items():
        message = str(monitor.document.get("message") or "")
        if HANDLE.search(shown(message, "alert")) and not HANDLE.search(shown(message, "recovery")):
            place = Place(address, ("message",))
            yield Finding(place, "nobody hears that the alert is over", "move a handle out of the block")
