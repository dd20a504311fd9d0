"""Log processors as the pipeline API sees them: which fields each type needs and what the server fills in.

https://docs.datadoghq.com/api/latest/logs-pipelines/ Unknown types pass untouched.
"""

from __future__ import annotations

from collections.abc import Mapping

from ddconf.emulator.check import Rules, complaints
from ddconf.emulator.wire import Document, Json

_SOURCES = {"sources": "list", "sources[]": "str", "target": "str"}
_REMAPPER = {"sources": "list!", "sources[]": "str"}

RULES: Mapping[str, Rules] = {
    "grok-parser": {
        "source": "str",
        "samples": "list",
        "grok": "dict!",
        "grok.match_rules": "str!",
        "grok.support_rules": "str",
    },
    "date-remapper": _REMAPPER,
    "status-remapper": _REMAPPER,
    "service-remapper": _REMAPPER,
    "message-remapper": _SOURCES,
    "trace-id-remapper": _SOURCES,
    "span-id-remapper": _SOURCES,
    "attribute-remapper": _REMAPPER
    | {"target": "str!", "preserve_source": "bool", "override_on_conflict": "bool"},
    "url-parser": _SOURCES,
    "user-agent-parser": _SOURCES,
    "geo-ip-parser": _SOURCES,
    "category-processor": {"categories": "list!", "target": "str!"},
    "arithmetic-processor": {"expression": "str!", "target": "str!", "is_replace_missing": "bool"},
    "string-builder-processor": {"template": "str!", "target": "str!", "is_replace_missing": "bool"},
    "lookup-processor": {"source": "str!", "target": "str!", "lookup_table": "list"},
    "pipeline": {"filter": "dict", "filter.query": "str", "processors": "list", "tags": "list"},
    "array-processor": {"operation": "dict!", "operation.type": "str!", "operation.source": "str!"},
    "array-map-processor": {"source": "str!", "target": "str!", "processors": "list!"},
    "decoder-processor": {
        "source": "str!",
        "target": "str!",
        "binary_to_text_encoding": "str!",
        "input_representation": "str!",
    },
    "exclude-attribute": {"attribute_to_exclude": "str!"},
    "schema-processor": {"schema": "dict!", "mappers": "list!"},
}

DEFAULTS: Mapping[str, Document] = {
    "grok-parser": {"samples": []},
    "geo-ip-parser": {"ip_processing_behavior": "do-nothing"},
    "array-map-processor": {"preserve_source": True},
    "attribute-remapper": {"preserve_source": False, "override_on_conflict": False},
    "arithmetic-processor": {"is_replace_missing": False},
    "string-builder-processor": {"is_replace_missing": False},
    "schema-remapper": {"override_on_conflict": False, "preserve_source": False},
    "schema-category-mapper": {"fallback": {"values": {}, "sources": {}}},
    "pipeline": {"processors": []},
}

_OPERATION_DEFAULTS: Mapping[str, Document] = {
    "append": {"preserve_source": True},
    "key-value": {"override_on_conflict": False},
}


def filled(processor: Document) -> Document:
    """A processor as it is stored, with the defaults of its type, and of what it contains."""
    kind = processor.get("type", "")
    full = {**DEFAULTS.get(kind, {}), **processor}
    if kind == "array-processor" and isinstance(operation := full.get("operation"), dict):
        full["operation"] = {**_OPERATION_DEFAULTS.get(operation.get("type", ""), {}), **operation}
    if kind in ("pipeline", "array-map-processor"):
        full["processors"] = [filled(item) for item in full.get("processors") or []]
    if kind == "pipeline" and full.get("tags"):
        full["tags"] = sorted(full["tags"])
    if kind == "schema-processor":
        full["mappers"] = [filled(mapper) for mapper in full.get("mappers") or []]
        full["schema"] = {"extensions": [], **full.get("schema", {})}
    return full


def checked(processors: Json, where: str = "processors") -> list[str]:
    """What is wrong with a list of processors, nested ones included."""
    found: list[str] = []
    for index, processor in enumerate(processors if isinstance(processors, list) else ()):
        place = f"{where}[{index}]"
        if not isinstance(processor, dict):
            found.append(f"{place} is not an object")
            continue
        kind = processor.get("type")
        if not isinstance(kind, str):
            found.append(f"{place}: 'type' is a required property")
            continue
        found += [f"{place}: {text}" for text in complaints(processor, RULES.get(kind, {}))]
        found += checked(processor.get("processors"), f"{place}.processors")
    return found
