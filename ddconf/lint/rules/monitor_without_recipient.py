"""Monitors that tell nobody. https://docs.datadoghq.com/monitors/notify/#configure-notifications-and-automations"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule

_HANDLE = re.compile(r"(?<![\w@.\[/{-])@[\w{$]")


@rule("monitor-without-recipient", Severity.WARNING)
def monitor_without_recipient(facts: Facts) -> Iterator[Finding]:
    """A monitor's message has no @handle, and no composite, objective or notification rule speaks for it."""
    if any(facts.of_kind("monitor_notification_rule")):
        return
    spoken_for = set(_parts(facts))
    for address, document in facts.of_kind("monitor"):
        message = str(document.get("message") or "")
        if message.strip() and address not in spoken_for and not _HANDLE.search(message):
            yield Finding(Place(address, ("message",)), "the message names no recipient", "add an @handle")


def _parts(facts: Facts) -> Iterator[Address]:
    """Monitors that others are made of."""
    for kind in ("monitor", "service_level_objective"):
        for _, document in facts.of_kind(kind):
            yield from references.needs(document)
