"""array-map-processor: sub-processors applied to each element of a list, with the results in another list.

Inside, `$sourceElem` is the element that is read and `$targetElem` the one that is written.
https://docs.datadoghq.com/logs/log_configuration/processors/array_map_processor/
"""

from __future__ import annotations

from ddconf.document import JSON, copy
from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.draft import Draft
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.sources import unreadable
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Stage, build_stage
from ddconf.pipelines.trace import APPLIED, Report

MOST_ELEMENTS = 50
ALLOWED = ("attribute-remapper", "string-builder-processor", "arithmetic-processor", "category-processor")

_SOURCE, _TARGET = "$sourceElem", "$targetElem"


@processor("array-map-processor")
def array_map_processor(spec: Spec) -> Apply:
    source, target = spec.source(), spec.target()
    preserve = spec.flag("preserve_source", default=True)
    stages = _sub_processors(spec)

    def apply(draft: Draft) -> Report:
        items = draft.read(source)
        if not isinstance(items, list):
            return unreadable(source, items, "list")
        present = draft.read(target)
        present = present if isinstance(present, list) else []
        mapped: list[JSON] = []
        for index, item in enumerate(items[:MOST_ELEMENTS]):
            element = present[index] if index < len(present) else ABSENT
            result = _mapped(draft, stages, item, element, in_place=source == target)
            if result is not ABSENT:
                mapped.append(result)
        draft.write(target, mapped + present[min(len(items), MOST_ELEMENTS) :])
        if not preserve and source != target:
            draft.remove(source)
        return APPLIED

    return apply


def _sub_processors(spec: Spec) -> tuple[Stage, ...]:
    stages: list[Stage] = []
    for index, document in enumerate(spec.items("processors")):
        path = (*spec.path, "processors", index)
        if isinstance(document, dict) and document.get("type") not in ALLOWED:
            spec.problem(
                f"'{document.get('type')}' cannot stand inside an array-map-processor",
                *("processors", index, "type"),
                hint=f"allowed are {', '.join(ALLOWED)}",
            )
            continue
        stage = build_stage(document, path, spec.settings, switched=False)
        spec.reads.extend(name for name in stage.reads if not name.startswith((_SOURCE, _TARGET)))
        stages.append(stage)
        spec.problems.extend(stage.problems)
    return tuple(stages)


def _mapped(draft: Draft, stages: tuple[Stage, ...], item: JSON, element: JSON, in_place: bool) -> JSON:
    """The target element after all sub-processors, or ABSENT if none of them wrote it."""
    scratch = Draft(draft.log_without_attributes(), traced=False)
    scratch.attributes = {**draft.attributes, _SOURCE: copy(item)}
    if in_place:
        scratch.attributes[_TARGET] = scratch.attributes[_SOURCE]
    elif element is not ABSENT:
        scratch.attributes[_TARGET] = copy(element)
    for stage in stages:
        stage.run(scratch)
    return scratch.attributes.get(_TARGET, ABSENT)
