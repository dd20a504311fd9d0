"""Everything that pages are made of, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from ddconf.alerting.run_record import ScenarioRecord
from ddconf.document import Document
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.log import Log
from ddconf.pipelines.timestamp import Clock


@dataclass(frozen=True, slots=True)
class MonitorMaterial:
    """Monitors by name, and what each does on the data at hand; `runs` raises DdconfError, Uncomputable."""

    documents: Mapping[str, Document]
    runs: Callable[[str], Sequence[ScenarioRecord]]


@dataclass(frozen=True, slots=True)
class Material:
    """Documents by name; `arriving` are the logs as they come, `logs` what the pipelines made of them."""

    dashboards: Mapping[str, Document]
    pipelines: Mapping[str, Document]
    monitors: Sequence[Document]
    arriving: Sequence[Log]
    logs: Sequence[Log]
    units: Mapping[str, str]
    """The unit of each measure, by its path."""
    app: str = ""
    """The address of Datadog's own pages."""
    now: Clock | None = None
    enrichment: Enrichment | None = None
    alerts: MonitorMaterial = field(default_factory=lambda: MonitorMaterial({}, lambda _name: ()))
