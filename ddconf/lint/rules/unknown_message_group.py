"""Messages that name a group which the monitor does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.address import Address
from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.lint.similar import similar
from ddconf.lint.uses import Role

_NAMED = re.compile(r"\{\{\s*\[@([^\]]+)\]\.name\s*\}\}")
_TAG = re.compile(r"\{\{\s*(?:\[([\w.-]+)\]|([\w-]+))\.name\s*\}\}")


@rule("unknown-message-group", Severity.WARNING)
def unknown_message_group(facts: Facts) -> Iterator[Finding]:
    """A monitor's message prints the name of a group by which the monitor does not split: it stays empty."""
    for address, document in facts.of_kind("monitor"):
        groups = {use.attribute for use in facts.uses_by[address] if use.role is Role.GROUP}
        for match in _NAMED.finditer(str(document.get("message") or "")):
            if match[1] not in groups:
                place = Place(address, ("message",), match.start(1) - 1, len(match[1]) + 1)
                hint = similar(match[1], groups, f"add it to .by(...): {', '.join(sorted(groups))}", mark="@")
                yield Finding(
                    place, f"the monitor is not grouped by @{match[1]}, so nothing is printed", hint
                )
        yield from _tags(address, facts)


def _tags(address: Address, facts: Facts) -> Iterator[Finding]:
    """Tags, such as {{host.name}}, by which the query is not split."""
    monitor = facts.monitors[address]
    groups = monitor.groups
    if groups is None or "*" in groups:
        return
    for match in _TAG.finditer(str(monitor.document.get("message") or "")):
        tag = match[1] or match[2]
        if tag not in groups:
            group = 1 if match[1] else 2
            hint = similar(
                tag, groups, f"add it to the groups of the query: {', '.join(groups) or 'none yet'}"
            )
            place = Place(address, ("message",), match.start(group), len(tag))
            yield Finding(place, f"the monitor is not grouped by {tag}, so nothing is printed", hint)
