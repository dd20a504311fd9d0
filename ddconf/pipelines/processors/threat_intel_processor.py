"""threat-intel-processor: marks a log that has an indicator of compromise, from tables that the user brings.

https://docs.datadoghq.com/security/cloud_siem/ingest_and_enrich/threat_intelligence/
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT, Segments, text_of
from ddconf.pipelines.enrichment import read_rows
from ddconf.pipelines.processors import processor
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import ProcessorReport, Reason, applied
from ddconf.pipelines.working_log import MutableLog

_RESULTS = "threat_intel.results"


@processor("threat-intel-processor")
def threat_intel_processor(spec: Spec) -> Apply:
    sources = tuple(spec.reading(text) for text in spec.texts("sources"))
    files = spec.settings.enrichment.threat_intel
    rows = {key: row for path in files for key, row in read_rows(path).items()}
    results = spec.writing(_RESULTS)

    def apply(log: MutableLog) -> ProcessorReport:
        if not rows:
            return ProcessorReport(Reason.NO_TABLE, "no file with indicators")
        found = [text for text in dict.fromkeys(_texts(log, sources)) if text in rows]
        if not found:
            return ProcessorReport(Reason.NO_MATCH, "no indicator in the log")
        log.write(results, [{"indicator": text, **_row(rows[text])} for text in found])
        return applied(", ".join(found))

    return apply


def _texts(log: MutableLog, sources: tuple[Segments, ...]) -> list[str]:
    """The values of the sources, or of all attributes where none are named."""
    found = [log.read(path) for path in sources] if sources else [log.attributes]
    return [text for value in found for text in _scalars(value)]


def _scalars(node: JSON) -> Iterator[str]:
    """The text of every value in the node, however deep."""
    if isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _scalars(child)
    elif node is not None and node is not ABSENT:
        yield text_of(node)


def _row(row: Mapping[str, str]) -> dict[str, JSON]:
    """A row with its JSON columns read."""
    return {name: _value(text) for name, text in row.items() if text}


def _value(text: str) -> JSON:
    if not text.startswith("{"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
