"""What log pipelines write: each attribute with the processor or grok rule that does, and its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ddconf.address import Address
from ddconf.document import Document, get
from ddconf.lint.attributes import is_inside
from ddconf.lint.finding import Place

if TYPE_CHECKING:
    from ddconf.pipelines.stage import Stage

STRING, INTEGER, DOUBLE, BOOLEAN, UNKNOWN = "string", "integer", "double", "boolean", ""
NUMBERS = frozenset((INTEGER, DOUBLE))

_TYPES = {
    "arithmetic-processor": DOUBLE,
    "category-processor": STRING,
    "string-builder-processor": STRING,
}
_BELOW: dict[str, dict[str, str]] = {
    "geo-ip-parser": {
        **dict.fromkeys(("continent.code", "continent.name"), STRING),
        **dict.fromkeys(("country.iso_code", "country.name"), STRING),
        **dict.fromkeys(("subdivision.iso_code", "subdivision.name", "city.name"), STRING),
        **dict.fromkeys(("ipAddress", "timezone", "as.domain", "as.name", "as.number", "as.type"), STRING),
        **dict.fromkeys(("location.latitude", "location.longitude"), DOUBLE),
    },
    "url-parser": {"host": STRING, "path": STRING, "scheme": STRING, "port": INTEGER, "queryString": UNKNOWN},
    "user-agent-parser": dict.fromkeys(
        ("browser.family", "browser.major", "os.family", "os.major", "device.family", "device.category"),
        STRING,
    ),
}
"""What the processors write below their target."""


@dataclass(frozen=True, slots=True)
class Write:
    """One processor, or one of its grok rules, that writes an attribute."""

    attribute: str
    type: str
    place: Place
    processor: str
    """The type and the name of the processor."""
    rule: str = ""
    from_: tuple[str, ...] = ()
    """The attributes that the value comes from unchanged, and with it the type."""


def writes_of(pipeline: Address, document: Document, stages: Iterator[Stage]) -> Iterator[Write]:
    """Everything that the enabled processors of a pipeline write."""
    for stage in stages:
        processor: Document = get(document, stage.path[1:]) or {}
        place, name = Place(pipeline, stage.path[1:]), f"{stage.type} {stage.name}".strip()
        if stage.type == "grok-parser":
            yield from _grok(processor, place, name)
            continue
        for attribute in stage.writes:
            type_, sources = _type(stage.type, processor)
            yield Write(attribute, type_, _named(place, processor, attribute), name, "", sources)
            for below, its_type in _BELOW.get(stage.type, {}).items():
                yield Write(f"{attribute}.{below}", its_type, place, name)


def enabled(stage: Stage, document: Document) -> Iterator[Stage]:
    """The stage and those below it, as far as they are switched on."""
    if get(document, (*stage.path[1:], "is_enabled"), default=len(stage.path) > 2 and _is_part(stage)):
        yield stage
        for child in stage.stages:
            yield from enabled(child, document)


def _is_part(stage: Stage) -> bool:
    """Mappers of a schema processor have no switch."""
    return stage.type.startswith("schema-") and stage.type != "schema-processor"


def _type(type_: str, processor: Document) -> tuple[str, tuple[str, ...]]:
    """The type of what a processor writes; or the attributes that lend theirs."""
    match type_:
        case "attribute-remapper" | "schema-remapper":
            wanted = processor.get("target_format") or "auto"
            if wanted != "auto":
                return str(wanted), ()
            from_tag = processor.get("source_type") == "tag"
            return (STRING, ()) if from_tag else (UNKNOWN, tuple(processor.get("sources") or ()))
        case "lookup-processor":
            return (STRING if "lookup_table" in processor else UNKNOWN), ()
        case "decoder-processor":
            return (INTEGER if processor.get("input_representation") == "integer" else STRING), ()
        case "array-processor":
            length = get(processor, ("operation", "type")) == "length"
            return (INTEGER if length else UNKNOWN), ()
    return _TYPES.get(type_, UNKNOWN), ()


def _named(place: Place, processor: Document, attribute: str) -> Place:
    """Where the processor names the attribute, if it does."""
    for path in (("target",), ("operation", "target")):
        if get(processor, path) == attribute:
            return place.below(*path)
    return place


def _grok(processor: Document, place: Place, name: str) -> Iterator[Write]:
    from ddconf.pipelines.grok import GrokError, compile_grok

    rules = processor.get("grok")
    texts = {key: str(get(rules, (key,)) or "") for key in ("match_rules", "support_rules")}
    try:
        trees = compile_grok(texts["match_rules"], texts["support_rules"]).trees
    except GrokError:
        return
    for rule, tree in trees.items():
        for extract in dict.fromkeys(_extracts(tree)):
            attribute, type_ = extract
            yield Write(attribute, type_, _in_rules(place, texts, attribute), name, rule)


def _extracts(node: Any) -> Iterator[tuple[str, str]]:
    """What a rule stores, and as what type; what goes to the root of the log has no name."""
    from ddconf.pipelines.grok.tree import Extract

    if isinstance(node, Extract) and node.path:
        yield ".".join(node.path), _stored_type(node.convert)
    inner = getattr(node, "items", ()) or getattr(node, "branches", ()) or (getattr(node, "body", None),)
    for child in inner:
        if child is not None:
            yield from _extracts(child)


def _stored_type(convert: Callable[[str], Any] | None) -> str:
    """The type that a matcher with its filter gives, seen from a text that nearly all of them take."""
    if convert is None:
        return STRING
    from ddconf.pipelines.grok.registry import FilterError

    try:
        value = convert("1")
    except (FilterError, ValueError, TypeError):
        return UNKNOWN
    names = {str: STRING, bool: BOOLEAN, int: INTEGER, float: DOUBLE}
    return names.get(type(value), UNKNOWN)


def _in_rules(place: Place, texts: dict[str, str], attribute: str) -> Place:
    """Where a rule names the attribute: `%{integer:http.status_code}`."""
    for key, text in texts.items():
        if match := re.search(rf":({re.escape(attribute)})[:}}]", text):
            return place.below("grok", key).part(match.start(1), len(attribute))
    return place


def covers(writes: set[str] | frozenset[str], attribute: str) -> bool:
    """Whether something writes the attribute, what is around it or something in it."""
    return attribute in writes or any(
        is_inside(attribute, name) or is_inside(name, attribute) for name in writes
    )
