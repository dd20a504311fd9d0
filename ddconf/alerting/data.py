"""What monitors are evaluated over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ddconf.alerting.check_source import CheckRuns
from ddconf.alerting.events import ArrivedEvent
from ddconf.alerting.groups import Group
from ddconf.alerting.metrics.samples import Samples
from ddconf.alerting.slo_source import Correction
from ddconf.alerting.sources import History
from ddconf.document import Document

Stated = Mapping[Group, Sequence[tuple[float, float | None]]]
"""Stated values, each valid from a time on (epoch seconds)."""


@dataclass(frozen=True, slots=True)
class ReferencedMonitor:
    """Another monitor, as a composite or an SLO sees it."""

    history: History
    tells_no_data: bool = False


@dataclass(frozen=True, slots=True)
class Data:
    """`events` by the name of their source in queries (`logs`, `events`, `rum`), in the order of their times.

    `slos` are bodies of the API by the id that queries name, `parts` the monitors by theirs.
    """

    series: Sequence[Samples] = ()
    events: Mapping[str, Sequence[ArrivedEvent]] = field(default_factory=dict)
    checks: Sequence[CheckRuns] = ()
    slos: Mapping[str, Document] = field(default_factory=dict)
    parts: Mapping[str, ReferencedMonitor] = field(default_factory=dict)
    stated: Stated | None = None
    corrections: Mapping[str, Sequence[Correction]] = field(default_factory=dict)
