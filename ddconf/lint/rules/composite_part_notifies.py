"""Parts of composites that notify by themselves. https://docs.datadoghq.com/monitors/types/composite/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.message_templates import HANDLE
from ddconf.lint.rules import rule
from ddconf.lint.targets import parts_of


@rule("composite-part-notifies", Severity.NOTE)
def composite_part_notifies(facts: Facts) -> Iterator[Finding]:
    """A composite and a monitor of it both notify: of one event, people hear twice."""
    for composite, parts in parts_of(facts):
        if not HANDLE.search(str(facts.documents[composite].get("message") or "")):
            continue
        for place, other, part in parts:
            if part.type != "composite" and HANDLE.search(str(part.document.get("message") or "")):
                hint = "leave the recipients to the composite; muting one does not mute the other"
                yield Finding(place, f"{other} has recipients of its own", hint)
