"""Run logs through the pipelines of a folder, offline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.document import Document

if TYPE_CHECKING:
    from ddconf.pipelines import Enrichment, Outcome


@dataclass(frozen=True, slots=True)
class LogOrigin:
    """Where logs come from, as the Agent would tell."""

    source: str | None = None
    service: str | None = None
    tags: tuple[str, ...] = ()


UNKNOWN_ORIGIN = LogOrigin()


def simulate(
    pipelines: Mapping[Address, Document],
    lines: Iterable[str],
    origin: LogOrigin = UNKNOWN_ORIGIN,
    *,
    preprocess: bool = True,
    enrichment: Enrichment | None = None,
    meant: bool = False,
) -> Iterator[tuple[str, Outcome]]:
    """Each line with its outcome: a text, or a JSON object, as Datadog's intake would take it.

    With `meant`, logs that come with no source, service or tags get what the filter of the first pipeline
    asks for.
    """
    from ddconf.pipelines import Log, compile_pipelines
    from ddconf.pipelines.sample_context import passing

    documents = list(pipelines.values())
    compiled = compile_pipelines(documents, enrichment=enrichment)
    source, service, tags = origin.source, origin.service, origin.tags
    meant = meant and not (source or service or tags)
    for line in lines:
        if not line.strip():
            continue
        line = line.rstrip("\r\n")
        log = Log.from_text(line, preprocess=preprocess, source=source, service=service, tags=tags)
        yield line, compiled.run(passing(log, documents[0]) if meant else log)
