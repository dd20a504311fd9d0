"""array-processor: append to a list, its length, one element's value, or names and values of all elements.

https://docs.datadoghq.com/logs/log_configuration/processors/array_processor/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import ABSENT, find, split
from ddconf.pipelines.log import Log
from ddconf.pipelines.processors import processor
from ddconf.pipelines.query import Query, of_attributes
from ddconf.pipelines.sources import unreadable
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply, no_op
from ddconf.pipelines.trace import APPLIED, ProcessorReport, Reason, applied
from ddconf.pipelines.working_log import MutableLog


@processor("array-processor")
def array_processor(spec: Spec) -> Apply:
    if not isinstance(spec.document.get("operation"), dict):
        spec.problem("'operation' is missing", hint=f"it has a type: {', '.join(_OPERATIONS)}")
        return no_op(ProcessorReport(Reason.UNUSABLE))
    operation = spec.below("operation")
    build = _OPERATIONS.get(operation.text("type"))
    if build is None:
        hint = f"one of {', '.join(_OPERATIONS)}"
        spec.problem("unknown operation", "operation", "type", hint=hint)
        return no_op(ProcessorReport(Reason.UNUSABLE))
    return build(operation)


def _append(spec: Spec) -> Apply:
    source, target = spec.source(), spec.target()
    preserve = spec.flag("preserve_source")

    def apply(log: MutableLog) -> ProcessorReport:
        value = log.read(source)
        if value is ABSENT:
            return unreadable(source, value)
        present = log.read(target)
        if not isinstance(present, list | type(ABSENT)):
            return unreadable(target, present, "list")
        log.write(target, [*(present if isinstance(present, list) else []), value])
        if not preserve and source != target:
            log.remove(source)
        return APPLIED

    return apply


def _length(spec: Spec) -> Apply:
    source, target = spec.source(), spec.target()

    def apply(log: MutableLog) -> ProcessorReport:
        items = log.read(source)
        if not isinstance(items, list):
            return unreadable(source, items, "list")
        log.write(target, len(items))
        return APPLIED

    return apply


def _select(spec: Spec) -> Apply:
    source, target = spec.source(), spec.target()
    query, wanted = _element_query(spec), split(spec.text("value_to_extract"))

    def apply(log: MutableLog) -> ProcessorReport:
        items = log.read(source)
        if not isinstance(items, list):
            return unreadable(source, items, "list")
        for item in items:
            if isinstance(item, dict) and query.matches(Log(attributes=item)):
                value = find(item, wanted)
                if value is ABSENT:
                    return ProcessorReport(Reason.NO_MATCH, f"the element has no {'.'.join(wanted)}")
                log.write(target, value)
                return applied(query.text)
        return ProcessorReport(Reason.NO_MATCH, f"no element has {query.text}")

    return apply


def _element_query(spec: Spec) -> Query:
    """The query for an element of the list; every name in it is one of the element's members."""
    query = spec.parsed_query(spec.text("filter"), "filter")
    if not query.fields:
        spec.problem("'filter' must be key:value", "filter")
    return Query(query.text, of_attributes(query.tree))


def _key_value(spec: Spec) -> Apply:
    source, root = spec.source(), spec.text("target", "")
    target = (spec.writing(root),) if root else ()
    names, contents = split(spec.text("key_to_extract")), split(spec.text("value_to_extract"))
    override = spec.flag("override_on_conflict")
    spec.opaque = True

    def apply(log: MutableLog) -> ProcessorReport:
        items = log.read(source)
        if not isinstance(items, list):
            return unreadable(source, items, "list")
        written = 0
        for item in items:
            name, value = find(item, names), find(item, contents)
            if not isinstance(name, str) or not name or value is ABSENT:
                continue
            path = (*(target[0] if target else ()), *split(name))
            if override or log.read(path) is ABSENT:
                log.write(path, value)
                written += 1
        return APPLIED if written else ProcessorReport(Reason.NO_MATCH, "no element gave a name and a value")

    return apply


_OPERATIONS = {"append": _append, "length": _length, "select": _select, "key-value": _key_value}
