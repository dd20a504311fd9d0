"""What monitors and SLOs refer to, such as `${monitor.a.id}` in a composite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.document import Document, Path, get
from ddconf.errors import Severity
from ddconf.lint.dashboards import strings
from ddconf.lint.finding import Finding, Place
from ddconf.queries.monitor import MonitorBody
from ddconf.queries.together import slo_alert_problems

if TYPE_CHECKING:
    from ddconf.lint.facts import Facts

_REFERENCE = re.compile(r"(?<!\$)\$\{([^{}]+)\}")


def targets_of(address: Address, document: Document, path: Path) -> Iterator[tuple[Place, Address]]:
    """The definitions that texts at or below a path name, each with its place."""
    for below, text in strings(get(document, path)):
        for found in _REFERENCE.finditer(text):
            place = Place(address, (*path, *below), found.start(), len(found[0]))
            try:
                yield place, references.parse(found[1]).address
            except ValueError:
                continue


def parts_of(facts: Facts) -> Iterator[tuple[Address, list[tuple[Place, Address, MonitorBody]]]]:
    """Each composite, with those of its monitors that are defined here and where it names them."""
    for address, monitor in facts.monitors.items():
        if monitor.type == "composite":
            named = targets_of(address, monitor.document, ("query",))
            yield address, [(place, at, facts.monitors[at]) for place, at in named if at in facts.monitors]


def slo_findings(facts: Facts, rule: str) -> Iterator[Finding]:
    """What an alert of an SLO gets wrong about it, of one rule."""
    for address, monitor in facts.monitors.items():
        if monitor.type == "slo alert":
            for _, other in targets_of(address, monitor.document, ("query",)):
                for problem in slo_alert_problems(monitor, facts.documents.get(other, {})):
                    if problem.rule == rule:
                        place = Place(address, problem.path, problem.start, problem.length)
                        yield Finding(place, problem.message, problem.hint, Severity.ERROR)
