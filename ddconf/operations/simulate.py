"""Run logs through the pipelines of a folder, offline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.document import Document

if TYPE_CHECKING:
    from ddconf.pipelines.trace import Outcome


def simulate(
    pipelines: Mapping[Address, Document],
    lines: Iterable[str],
    *,
    source: str | None = None,
    service: str | None = None,
    tags: tuple[str, ...] = (),
    preprocess: bool = True,
    geoip: Path | None = None,
) -> Iterator[Outcome]:
    """The outcome of each line: a text, or a JSON object, as Datadog's intake would take it."""
    from ddconf.pipelines import Enrichment, Log, compile_pipelines

    compiled = compile_pipelines(list(pipelines.values()), enrichment=Enrichment(geoip=geoip))
    for line in lines:
        if not line.strip():
            continue
        log = Log.from_text(
            line.rstrip("\n"), preprocess=preprocess, source=source, service=service, tags=tags
        )
        yield compiled.run(log)
