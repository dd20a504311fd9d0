"""schema-processor: OCSF attributes by remappers and category mappers, and the constants of their class.

https://docs.datadoghq.com/security/cloud_siem/ingest_and_enrich/open_cybersecurity_schema_framework/
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ddconf.document import JSON, Document
from ddconf.pipelines.attributes import ABSENT, Segments, text_of
from ddconf.pipelines.draft import Draft
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.processors.attribute_remapper import remap_attribute
from ddconf.pipelines.processors.official_remappers import first_source
from ddconf.pipelines.query import Query
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import build_stage
from ddconf.pipelines.trace import APPLIED, Reason, Report, applied

_CATEGORIES = (
    "Uncategorized",
    "System Activity",
    "Findings",
    "Identity & Access Management",
    "Network Activity",
    "Discovery",
    "Application Activity",
    "Remediation",
)
Fallback = Callable[[Draft, str, JSON], JSON]


@processor("schema-processor")
def schema_processor(spec: Spec) -> Apply:
    for index, mapper in enumerate(spec.items("mappers")):
        path = (*spec.path, "mappers", index)
        spec.stages.append(build_stage(mapper, path, spec.settings, switched=False))
    stages, constants = tuple(spec.stages), _constants(spec)

    def apply(draft: Draft) -> Report:
        for stage in stages:
            stage.run(draft)
        for path, value in constants:
            draft.write(path, value)
        return APPLIED

    return apply


@processor("schema-remapper")
def schema_remapper(spec: Spec) -> Apply:
    return remap_attribute(spec)


@processor("schema-category-mapper")
def schema_category_mapper(spec: Spec) -> Apply:
    """Writes name and id of the first category that matches."""
    targets = spec.below("targets") if isinstance(spec.document.get("targets"), dict) else spec
    name_target, id_target = targets.target("name"), targets.target("id")
    fallback, categories = _fallback(spec), _categories(spec)

    def apply(draft: Draft) -> Report:
        for name, number, query in categories:
            if query.matches(draft):
                draft.write(name_target, fallback(draft, name, number))
                draft.write(id_target, number)
                return applied(name)
        return Report(Reason.NO_MATCH, "no category matched")

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
    document = spec.document.get("fallback")
    if not isinstance(document, dict):
        return lambda draft, name, number: name
    entry, targets = spec.below("fallback"), _mapping(spec.document, "targets")
    name_key, id_key = str(targets.get("name")), str(targets.get("id"))
    triggers, sources = _mapping(document, "values"), _mapping(document, "sources")
    paths: tuple[Segments, ...] = tuple(
        entry.reading(item) for item in sources.get(name_key) or () if isinstance(item, str)
    )
    wanted = (triggers.get(name_key), text_of(triggers.get(id_key)))
    return partial(_replaced, wanted, paths)


def _mapping(document: Document, key: str) -> Document:
    value = document.get(key)
    return value if isinstance(value, dict) else {}


def _replaced(
    wanted: tuple[JSON, str], paths: tuple[Segments, ...], draft: Draft, name: str, number: JSON
) -> JSON:
    if name != wanted[0] and text_of(number) != wanted[1]:
        return name
    value = first_source(draft, paths)[1]
    return name if value is ABSENT else value


def _constants(spec: Spec) -> list[tuple[Segments, JSON]]:
    """What every log of the class gets; the category is the thousands of the class number."""
    if not isinstance(spec.document.get("schema"), dict):
        spec.problem("'schema' is missing", hint="it has schema_type, version, class_uid and class_name")
        return []
    schema = spec.below("schema")
    number = schema.document.get("class_uid")
    if not isinstance(number, int) or isinstance(number, bool):
        schema.problem("'class_uid' must be a number", "class_uid")
        return []
    category = number // 1000
    known: dict[str, JSON] = {
        "ocsf.class_uid": number,
        "ocsf.class_name": schema.text("class_name"),
        "ocsf.category_uid": category,
        "ocsf.category_name": _CATEGORIES[category] if 0 <= category < len(_CATEGORIES) else None,
        "ocsf.metadata.version": schema.text("version"),
        "ocsf.metadata.profiles": list(schema.texts("profiles")) or None,
    }
    return [(spec.writing(path), value) for path, value in known.items() if value is not None]
