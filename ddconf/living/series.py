"""A series: points of one metric with the same tags, however they were sent.

https://docs.datadoghq.com/metrics/types/
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from ddconf.living.sketch import Sketch

Kind = Literal["count", "rate", "gauge", "distribution"]

_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.]+")
_NOT_IN_TAGS = re.compile(r"[^\w:./-]+")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class MetricSeries:
    """Points are (seconds since the epoch, value); `interval` is in seconds, 0 where none was said.

    A distribution has sketches in place of values.
    """

    name: str
    kind: Kind
    points: tuple[tuple[int, float | Sketch], ...]
    tags: tuple[str, ...] = ()
    host: str = ""
    interval: int = 0
    unit: str = ""
    device: str = field(default="", compare=False)


def metric_name(text: str) -> str:
    """As Datadog keeps it: letters first, what is not allowed becomes `_`; empty if nothing is left.

    https://docs.datadoghq.com/metrics/custom_metrics/#naming-custom-metrics
    """
    name = _NOT_IN_NAMES.sub("_", text)
    while name and not name[0].isalpha():
        name = name[1:]
    return name[:_LONGEST].rstrip("_")


def metric_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Sorted and once each, in lower case, what is not allowed replaced by `_`.

    https://docs.datadoghq.com/getting_started/tagging/#define-tags
    """
    return tuple(sorted({kept for tag in tags if (kept := _metric_tag(tag))}))


@lru_cache(maxsize=8192)
def _metric_tag(tag: str) -> str:
    return _NOT_IN_TAGS.sub("_", tag.strip().lower())[:_LONGEST].rstrip("_")
