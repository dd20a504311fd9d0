"""array-map-processor: sub-processors applied to each element of a list, with the results in another list.

Inside, `$sourceElem` is the element that is read and `$targetElem` the one that is written.
https://docs.datadoghq.com/logs/log_configuration/processors/array_map_processor/
"""

from __future__ import annotations

from ddconf.document import JSON, copy
from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.processors import processor
from ddconf.pipelines.sources import unreadable
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply, Stage
from ddconf.pipelines.trace import APPLIED, ProcessorReport
from ddconf.pipelines.working_log import MutableLog

MOST_ELEMENTS = 50
ALLOWED = ("attribute-remapper", "string-builder-processor", "arithmetic-processor", "category-processor")

_SOURCE, _TARGET = "$sourceElem", "$targetElem"


@processor("array-map-processor")
def array_map_processor(spec: Spec) -> Apply:
    source, target = spec.source(), spec.target()
    preserve = spec.flag("preserve_source", default=True)
    stages = _sub_processors(spec)

    def apply(log: MutableLog) -> ProcessorReport:
        items = log.read(source)
        if not isinstance(items, list):
            return unreadable(source, items, "list")
        present = log.read(target)
        present = present if isinstance(present, list) else []
        mapped: list[JSON] = []
        for index, item in enumerate(items[:MOST_ELEMENTS]):
            element = present[index] if index < len(present) else ABSENT
            result = _mapped(log, stages, item, element, in_place=source == target)
            if result is not ABSENT:
                mapped.append(result)
        log.write(target, mapped + present[min(len(items), MOST_ELEMENTS) :])
        if not preserve and source != target:
            log.remove(source)
        return APPLIED

    return apply


def _sub_processors(spec: Spec) -> tuple[Stage, ...]:
    stages: list[Stage] = []
    for index, document in enumerate(spec.items("processors")):
        if isinstance(document, dict) and document.get("type") not in ALLOWED:
            spec.problem(
                f"'{document.get('type')}' cannot stand inside an array-map-processor",
                *("processors", index, "type"),
                hint=f"allowed are {', '.join(ALLOWED)}",
            )
            continue
        stage = spec.stage(document, "processors", index, has_enabled_flag=False)
        spec.reads.extend(name for name in stage.reads if not name.startswith((_SOURCE, _TARGET)))
        stages.append(stage)
        spec.problems.extend(stage.problems)
    return tuple(stages)


def _mapped(log: MutableLog, stages: tuple[Stage, ...], item: JSON, element: JSON, in_place: bool) -> JSON:
    """The target element after all sub-processors, or ABSENT if none of them wrote it."""
    scratch = MutableLog(log.freeze_without_attributes(), traced=False)
    scratch.attributes = {**log.attributes, _SOURCE: copy(item)}
    if in_place:
        scratch.attributes[_TARGET] = scratch.attributes[_SOURCE]
    elif element is not ABSENT:
        scratch.attributes[_TARGET] = copy(element)
    for stage in stages:
        stage.run(scratch)
    return scratch.attributes.get(_TARGET, ABSENT)
