"""schema-category-mapper: a mapper of the schema-processor that writes name and id of a category.

Where the category is one such as Other, a fallback takes the name from the log itself.
https://docs.datadoghq.com/security/cloud_siem/ingest_and_enrich/open_cybersecurity_schema_framework/
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT, Segments, text_of
from ddconf.pipelines.processors import processor
from ddconf.pipelines.query import Query
from ddconf.pipelines.sources import first_source
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import ProcessorReport, Reason, applied
from ddconf.pipelines.working_log import MutableLog

Fallback = Callable[[MutableLog, str, JSON], JSON]


@processor("schema-category-mapper")
def schema_category_mapper(spec: Spec) -> Apply:
    """Writes name and id of the first category that matches."""
    targets = spec.below("targets") if isinstance(spec.document.get("targets"), dict) else spec
    name_target, id_target = targets.target("name"), targets.target("id")
    fallback, categories = _fallback(spec), _categories(spec)

    def apply(log: MutableLog) -> ProcessorReport:
        for name, number, query in categories:
            if query.matches(log):
                log.write(name_target, fallback(log, name, number))
                log.write(id_target, number)
                return applied(name)
        return ProcessorReport(Reason.NO_MATCH, "no category matched")

    return apply


def _categories(spec: Spec) -> list[tuple[str, JSON, Query]]:
    found: list[tuple[str, JSON, Query]] = []
    for index in range(len(spec.items("categories"))):
        category = spec.below("categories", index)
        found.append((category.text("name"), category.document.get("id"), category.query()))
    spec.parts.extend(name for name, _, _ in found)
    return found


def _fallback(spec: Spec) -> Fallback:
    """What stands in for the name of a category such as Other: the first source that has a value."""
    if spec.document.get("fallback") is None:
        return lambda log, name, number: name
    targets, fallback = spec.mapping("targets").document, spec.mapping("fallback")
    name_key, id_key = str(targets.get("name")), str(targets.get("id"))
    triggers, sources = fallback.mapping("values").document, fallback.mapping("sources")
    paths = tuple(sources.reading(text) for text in sources.texts(name_key))
    return partial(_replaced, (triggers.get(name_key), text_of(triggers.get(id_key))), paths)


def _replaced(
    wanted: tuple[JSON, str], paths: tuple[Segments, ...], log: MutableLog, name: str, number: JSON
) -> JSON:
    if name != wanted[0] and text_of(number) != wanted[1]:
        return name
    value = first_source(log, paths)[1]
    return name if value is ABSENT else value
