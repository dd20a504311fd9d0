"""Composites whose parts share no groups. https://docs.datadoghq.com/monitors/types/composite/"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.targets import parts_of


@rule("composite-without-common-group", Severity.WARNING)
def composite_without_common_group(facts: Facts) -> Iterator[Finding]:
    """The monitors of a composite are split by different tags, so nothing is evaluated."""
    for _, parts in parts_of(facts):
        split = [(place, other, set(part.groups or ())) for place, other, part in parts]
        split = [item for item in split if item[2] and "*" not in item[2]]
        for (_, first, groups), (place, other, others) in pairwise(split):
            if not (groups <= others or others <= groups):
                message = f"{first} is by {_names(groups)}, and {other} by {_names(others)}"
                yield Finding(place, message, "split both by the same tags, or one by some of the other's")
                break


def _names(groups: set[str]) -> str:
    return ", ".join(sorted(groups))
