"""How slow this machine is at the moment: what is bounded in seconds is bounded for a machine that is not."""

from __future__ import annotations

import time

USUAL_SECONDS = 0.07
"""For the additions below, on the machine for which the bounds are meant."""


def slowness() -> float:
    """How many times as long as usual some plain work takes; at least 1."""
    started = time.process_time()
    total = 0
    for number in range(1_000_000):
        total += number
    return max(1.0, (time.process_time() - started) / USUAL_SECONDS)
