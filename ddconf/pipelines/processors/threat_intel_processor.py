"""threat-intel-processor: marks a log that has an indicator of compromise, from tables that the user brings.

https://docs.datadoghq.com/security/cloud_siem/ingest_and_enrich/threat_intelligence/
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from ddconf.document import JSON, walk
from ddconf.pipelines.attributes import ABSENT, Segments, text_of, values
from ddconf.pipelines.draft import Draft
from ddconf.pipelines.enrichment import read_rows
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.trace import Reason, Report, applied

_RESULTS = "threat_intel.results"


@processor("threat-intel-processor")
def threat_intel_processor(spec: Spec) -> Apply:
    sources = tuple(spec.reading(text) for text in spec.texts("sources"))
    files = spec.settings.enrichment.threat_intel
    rows = {key: row for path in files for key, row in read_rows(path).items()}
    results = spec.writing(_RESULTS)

    def apply(draft: Draft) -> Report:
        if not rows:
            return Report(Reason.NO_TABLE, "no file with indicators")
        found = [text for text in dict.fromkeys(_texts(draft, sources)) if text in rows]
        if not found:
            return Report(Reason.NO_MATCH, "no indicator in the log")
        draft.write(results, [{"indicator": text, **_row(rows[text])} for text in found])
        return applied(", ".join(found))

    return apply


def _texts(draft: Draft, sources: tuple[Segments, ...]) -> list[str]:
    """The values of the sources, or of all attributes where none are named."""
    if sources:
        found = [draft.read(path) for path in sources]
    else:
        found = [value for _, value in walk(draft.attributes)]
    return [text_of(item) for value in found if value is not ABSENT for item in values(value)]


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
