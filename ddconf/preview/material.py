"""Everything that pages are made of, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ddconf.document import Document
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.log import Log
from ddconf.pipelines.timestamp import Clock


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
