"""lookup-processor: the value that a table has for the source, from the document or from a reference table.

https://docs.datadoghq.com/logs/log_configuration/processors/lookup_processor/
"""

from __future__ import annotations

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT, text_of
from ddconf.pipelines.enrichment import read_rows
from ddconf.pipelines.processors import processor
from ddconf.pipelines.sources import unreadable
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import ProcessorReport, Reason, applied
from ddconf.pipelines.working_log import MutableLog

_DEFAULT = "default"


@processor("lookup-processor")
def lookup_processor(spec: Spec) -> Apply:
    source, target = spec.source(), spec.target()
    table = _reference(spec) if "lookup_enrichment_table" in spec.document else _own(spec)
    default = spec.text("default_lookup", "") if spec.document.get("default_lookup") is not None else None
    no_table = ProcessorReport(Reason.NO_TABLE, f"no file for {spec.document.get('lookup_enrichment_table')}")

    def apply(log: MutableLog) -> ProcessorReport:
        value = log.read(source)
        if value is ABSENT:
            return unreadable(source, value)
        if table is None:
            return no_table
        key = text_of(value)
        found = table.get(key, default)
        if found is None:
            return ProcessorReport(Reason.NO_MATCH, f"{key!r} is not in the table")
        log.write(target, found)
        return applied(key if key in table else _DEFAULT)

    return apply


def _own(spec: Spec) -> dict[str, JSON]:
    """The rows of the document; of rows with the same key the first counts."""
    table: dict[str, JSON] = {}
    if "lookup_table" not in spec.document:
        spec.problem("'lookup_table' is missing", hint='a list of "key,value" texts')
    for index, row in enumerate(spec.texts("lookup_table")):
        key, comma, value = row.partition(",")
        if not comma:
            spec.problem("a row needs a key and a value", "lookup_table", index, hint='write "key,value"')
        table.setdefault(key.strip(), value.strip())
    spec.parts.extend(table)
    return table


def _reference(spec: Spec) -> dict[str, JSON] | None:
    """The rows of a local file that stands for a reference table; the value is the row's other columns."""
    path = spec.settings.enrichment.tables.get(spec.text("lookup_enrichment_table"))
    return None if path is None else {key: dict(row) for key, row in read_rows(path).items()}
