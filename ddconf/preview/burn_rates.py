"""What the threshold of a burn-rate alert means: the numbers that people choose it by.

https://docs.datadoghq.com/service_level_objectives/burn_rate/
"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.alerting.slo import consumed, time_left
from ddconf.alerting.slo_source import SloSource
from ddconf.alerting.windows import DAY, HOUR
from ddconf.render.status_text import number_text


def burn_rate_facts(source: SloSource, rate: float) -> Iterator[str]:
    """Nothing for alerts on the error budget, which have no long window."""
    if source.long_window is None or rate <= 0:
        return
    target = source.target
    yield f"burn rate {number_text(rate)}: {number_text(100 * target.error_rate(rate))} % of errors"
    yield f"a full budget lasts {_length(time_left(rate, source.timeframe))}"
    gone = consumed(rate, source.long_window, source.timeframe)
    yield f"{number_text(gone)} % of it is gone after the long window"
    yield f"the highest burn rate is {number_text(target.highest_burn_rate)}"


def _length(seconds: float) -> str:
    """In the unit that people would say it in."""
    if seconds >= 2 * DAY:
        return f"{number_text(seconds / DAY)} days"
    return f"{number_text(seconds / HOUR)} hours"
