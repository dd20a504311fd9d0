"""The cases of monitors and SLOs in `*.test.yaml` files, as values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ddconf.alerting.check_source import CheckRuns
from ddconf.alerting.downtimes import Downtime
from ddconf.alerting.metrics.samples import Samples
from ddconf.alerting.sources import History
from ddconf.alerting.status import Status
from ddconf.document import JSON, Document
from ddconf.errors import Source
from ddconf.pipelines.cases import Origin


@dataclass(frozen=True, slots=True)
class GivenLog:
    """A log and when it arrives (epoch seconds); `piped` if the pipelines are run on it."""

    time: float
    log: JSON
    given: Mapping[str, str] = field(default_factory=dict)
    piped: bool = True


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected of a group at a time: a status, and by name whatever else the case says of it."""

    at: float
    when: str
    status: str | None = None
    fields: Document = field(default_factory=dict)
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class CaseInput:
    """What no definition says."""

    metadata: Mapping[str, Mapping[str, JSON]] = field(default_factory=dict)
    status: Mapping[str, Status] = field(default_factory=dict)
    values: Mapping[str, Sequence[tuple[float, float | None]]] | None = None
    """By group, each from a time on, in place of what only Datadog computes."""
    objectives: Mapping[str, Document] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MutedTime:
    """A downtime, and the monitor that it is for; all of them without one."""

    downtime: Downtime
    monitor: str = ""


@dataclass(frozen=True, slots=True)
class AlertSuite:
    """A monitor or an SLO, and its cases."""

    address: str
    cases: tuple[AlertCase, ...]


@dataclass(frozen=True, slots=True)
class AlertCase:
    """All times are epoch seconds; `expected` is None where the case lists no transitions."""

    name: str
    address: str
    start: float
    until: float | None = None
    skip: str = ""
    source: Source | None = None
    series: tuple[Samples, ...] = ()
    logs: tuple[GivenLog, ...] = ()
    checks: tuple[CheckRuns, ...] = ()
    states: Mapping[str, History] = field(default_factory=dict)
    given: CaseInput = field(default_factory=CaseInput)
    downtimes: tuple[MutedTime, ...] = ()
    expected: Mapping[str, tuple[Expectation, ...]] | None = None
    samples: Mapping[str, tuple[Expectation, ...]] = field(default_factory=dict)
    never: tuple[str, ...] = ()
    origin: Origin | None = field(default=None, compare=False, repr=False)
    written: Document = field(default_factory=dict, compare=False, repr=False)
    """What stands under `expect`, as it is written."""

    @property
    def last(self) -> float:
        """The last time that the case speaks of."""
        listed = (*(self.expected or {}).values(), *self.samples.values())
        return max(
            self.start,
            *(expectation.at for expectations in listed for expectation in expectations),
            *(series.times[-1] for series in self.series if series.times),
            *(log.time for log in self.logs),
            *(check.times[-1] for check in self.checks if check.times),
        )
