"""schema-processor: OCSF attributes by remappers and category mappers, and the constants of their class.

https://docs.datadoghq.com/security/cloud_siem/ingest_and_enrich/open_cybersecurity_schema_framework/
"""

from __future__ import annotations

from ddconf.document import JSON
from ddconf.pipelines.attributes import Segments
from ddconf.pipelines.processors import processor
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import APPLIED, ProcessorReport
from ddconf.pipelines.working_log import MutableLog

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


@processor("schema-processor")
def schema_processor(spec: Spec) -> Apply:
    for index, mapper in enumerate(spec.items("mappers")):
        spec.stages.append(spec.stage(mapper, "mappers", index, has_enabled_flag=False))
    stages, constants = tuple(spec.stages), _constants(spec)

    def apply(log: MutableLog) -> ProcessorReport:
        for stage in stages:
            stage.run(log)
        for path, value in constants:
            log.write(path, value)
        return APPLIED

    return apply


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
