"""attribute-remapper: moves or copies an attribute or a tag to another attribute or tag, cast if asked for.

https://docs.datadoghq.com/logs/log_configuration/processors/remapper/
"""

from __future__ import annotations

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT, Segments, text_of, values
from ddconf.pipelines.casting import CASTS, cast
from ddconf.pipelines.processors import processor
from ddconf.pipelines.sources import by_source, first_source, missing
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import ProcessorReport, Reason, applied
from ddconf.pipelines.working_log import MutableLog


@processor("attribute-remapper")
def attribute_remapper(spec: Spec) -> Apply:
    from_tag, to_tag = _is_tag(spec, "source_type"), _is_tag(spec, "target_type")
    if from_tag or to_tag:
        return _tag_remapper(spec, from_tag, to_tag)
    return remap_attribute(spec)


def remap_attribute(spec: Spec) -> Apply:
    """From attribute to attribute; schema mappers do the same."""
    sources, target = spec.sources(), spec.target()
    preserve, override = spec.flag("preserve_source"), spec.flag("override_on_conflict")
    wanted, none, done = _format(spec), missing(sources), by_source(sources)

    def apply(log: MutableLog) -> ProcessorReport:
        source, value = first_source(log, sources)
        if value is ABSENT:
            return none
        if not preserve:
            for path in sources:
                if path != target:
                    log.remove(path)
        if source == target:
            return _cast_in_place(log, target, value, wanted)
        kept = not override and log.read(target) is not ABSENT
        if kept:
            return ProcessorReport(
                Reason.KEPT, f"@{'.'.join(target)} has a value already", "@" + ".".join(source)
            )
        log.write(target, cast(value, wanted))
        return done[source]

    return apply


def _cast_in_place(log: MutableLog, target: Segments, value: JSON, wanted: str) -> ProcessorReport:
    converted = cast(value, wanted)
    if converted is not value:
        log.write(target, converted)
    return applied("@" + ".".join(target))


def _tag_remapper(spec: Spec, from_tag: bool, to_tag: bool) -> Apply:
    """Where source or target is a tag; a list becomes one tag for every element."""
    names, target_name = spec.texts("sources"), spec.text("target")
    sources = () if from_tag else spec.sources()
    target = spec.writing(target_name) if not to_tag else ()
    preserve, override = spec.flag("preserve_source"), spec.flag("override_on_conflict")
    wanted = _format(spec)

    def apply(log: MutableLog) -> ProcessorReport:
        source, value = first_source(log, sources)
        tag = next((tag for name in names for tag in log.tags if tag.startswith(f"{name}:")), None)
        if from_tag:
            value = ABSENT if tag is None else tag.split(":", 1)[1]
        if value is ABSENT:
            return ProcessorReport(Reason.NO_SOURCE, f"no value in {', '.join(names)}")
        kept = not override and _has(log, target_name, target, to_tag)
        if not preserve and from_tag and tag is not None:
            log.remove_tag(tag)
        elif not preserve:
            for path in sources:
                log.remove(path)
        if kept:
            return ProcessorReport(Reason.KEPT, f"{target_name} has a value already")
        if to_tag:
            _set_tag(log, target_name, value, override)
        else:
            log.write(target, cast(value, wanted))
        return applied(tag or "@" + ".".join(source))

    return apply


def _set_tag(log: MutableLog, name: str, value: JSON, override: bool) -> None:
    if override:
        for tag in [tag for tag in log.tags if tag.startswith(f"{name}:")]:
            log.remove_tag(tag)
    for item in values(value):
        log.add_tag(f"{name}:{text_of(item).lower()}")


def _has(log: MutableLog, name: str, target: Segments, to_tag: bool) -> bool:
    if to_tag:
        return any(tag.startswith(f"{name}:") for tag in log.tags)
    return log.read(target) is not ABSENT


def _is_tag(spec: Spec, key: str) -> bool:
    kind = spec.text(key, "attribute")
    if kind not in ("attribute", "tag"):
        spec.problem(f"'{key}' must be attribute or tag", key)
    return kind == "tag"


def _format(spec: Spec) -> str:
    wanted = spec.text("target_format", "auto")
    if wanted not in CASTS:
        spec.problem(f"'target_format' must be one of {', '.join(CASTS)}", "target_format")
    return wanted
