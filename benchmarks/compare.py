"""How long comparing two dashboards takes beside DeepDiff: `python -m benchmarks.compare`."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from deepdiff import DeepDiff

from benchmarks.measure import Row, interleaved
from benchmarks.organisation import organisation
from ddconf.document import copy
from ddconf.kind import find_kind
from ddconf.plans.comparison import NormalizationContext, compare, is_unchanged
from ddconf.plans.three_way import field_changes

DASHBOARDS = 20
Pair = tuple[dict[str, Any], dict[str, Any]]
CONTEXT = NormalizationContext(find_kind("dashboard"))


def ours(pair: Pair) -> None:
    """As a plan compares: the quick answer, and only where it says no, every field."""
    desired, live = pair
    if not is_unchanged(CONTEXT, desired, live):
        compare(CONTEXT, desired, live, None)


def leaves(pair: Pair) -> None:
    """What of that is comparing: the difference of two documents that are normalized."""
    field_changes(*pair, None, None)


def deepdiff(pair: Pair) -> None:
    DeepDiff(*pair, ignore_order=True)


def timed(work: Callable[[Pair], None], pairs: list[Pair]) -> float:
    started = time.perf_counter()
    for pair in pairs:
        work(pair)
    return time.perf_counter() - started


def changed(document: dict[str, Any]) -> dict[str, Any]:
    """Two values other than before."""
    return {**copy(document), "title": "another title", "description": "another description"}


def main() -> None:
    documents = list(organisation(DASHBOARDS, 0, 0).dashboards)
    cases = {
        "equal": [(document, copy(document)) for document in documents],
        "two values changed": [(document, changed(document)) for document in documents],
    }
    for name, pairs in cases.items():
        normalized = [(CONTEXT.normalize(desired), CONTEXT.normalize(live)) for desired, live in pairs]
        taken = interleaved(
            {
                "comparing": lambda: timed(leaves, normalized),  # noqa: B023
                "normalizing and comparing": lambda: timed(ours, pairs),  # noqa: B023
                "deepdiff": lambda: timed(deepdiff, pairs),  # noqa: B023
            },
            3,
        )
        for what, goal in (("comparing", 0.01), ("normalizing and comparing", None)):
            each = f"{taken[what] / len(pairs) * 1000:.2f} ms each"
            print(Row(f"{what} dashboards, {name} / DeepDiff", taken[what] / taken["deepdiff"], goal, each))


if __name__ == "__main__":
    main()
