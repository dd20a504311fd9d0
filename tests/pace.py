"""Work in measures that hold on every machine: calls, or seconds against the pace of the moment."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

USUAL_SECONDS = 0.07
"""For the additions below, on the machine for which the bounds are meant."""


def slowness() -> float:
    """How many times as long as usual some plain work takes; at least 1."""
    started = time.process_time()
    total = 0
    for number in range(1_000_000):
        total += number
    return max(1.0, (time.process_time() - started) / USUAL_SECONDS)


@contextmanager
def calls() -> Iterator[dict[str, int]]:
    """How many Python functions the block calls, under "calls" when it is over."""
    made = {"calls": 0}

    def count(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call":
            made["calls"] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield made
    finally:
        sys.setprofile(before)
