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
        empty = [state for state in states if "{{" in message and _is_empty(shown(message, state))]
        if empty:
            hint = "add a text for it, or move the handles into the block of another state"
            told = " and ".join(empty)
            yield Finding(Place(address, ("message",)), f"{told} told with handles and no text", hint)


def _is_empty(text: str) -> bool:
    """Whether somebody is notified and nothing is said."""
    return HANDLE.search(text) is not None and not HANDLE.sub("", text).strip()
