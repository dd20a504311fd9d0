"""Waivers: what lint shall not report, each with a reason; a needless one is reported itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase

from ddconf.definitions.definition import Definition, Waiver
from ddconf.lint.finding import Finding

UNUSED, EXPIRED = "unused-waiver", "expired-waiver"


def waivers_of(definitions: Iterable[Definition]) -> Iterator[Waiver]:
    """Those that stand in definitions, under `ddconf: {waive: {rule: reason}}`."""
    for item in definitions:
        for rule, terms in item.options.waive.items():
            place = item.at(("ddconf", "waive", rule))
            yield Waiver(rule, terms.reason, str(item.address), place, terms.until)


def sift(findings: Sequence[Finding], waivers: Sequence[Waiver]) -> tuple[list[Finding], list[Waiver]]:
    """The findings that no waiver covers, and the waivers that cover none."""
    used: set[int] = set()
    left = []
    for finding in findings:
        covering = [index for index, waiver in enumerate(waivers) if _covers(waiver, finding)]
        used.update(covering)
        if not covering:
            left.append(finding)
    return left, [waiver for index, waiver in enumerate(waivers) if index not in used]


def _covers(waiver: Waiver, finding: Finding) -> bool:
    """`*` in a waiver's address stands for any text; brackets, as of `for_each`, for themselves."""
    pattern = waiver.at.replace("[", "[[]")
    return waiver.rule == finding.rule and fnmatchcase(str(finding.place.address), pattern)
