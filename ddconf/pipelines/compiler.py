"""From a processor's document to its stage."""

from __future__ import annotations

from ddconf.document import JSON, Path
from ddconf.pipelines.processors import find_processor, similar_type
from ddconf.pipelines.spec import RunSettings, Spec
from ddconf.pipelines.stage import Stage, no_op
from ddconf.pipelines.trace import ProcessorReport, Reason


def build_stage(document: JSON, path: Path, settings: RunSettings, has_enabled_flag: bool = True) -> Stage:
    """Compile one processor; inside array-map and schema processors there is no `is_enabled`."""
    spec = Spec(document, path, settings, build_stage)
    type_, name = spec.text("type", "pipeline" if len(path) == 1 else None), spec.text("name", "")
    enabled = spec.flag("is_enabled") if has_enabled_flag else True
    build = find_processor(type_)
    if build is None:
        apply = no_op(ProcessorReport(Reason.UNKNOWN_TYPE, type_))
        if type_:
            spec.problem(f"unknown processor type '{type_}'", "type", hint=similar_type(type_), warning=True)
    else:
        apply = build(spec)
    if not enabled:
        unset = "is_enabled" not in spec.document
        apply = no_op(
            ProcessorReport(Reason.DISABLED, "is_enabled is not set, which means false" if unset else "")
        )
    return Stage(
        path,
        type_,
        name,
        apply,
        tuple(spec.problems),
        tuple(dict.fromkeys(spec.reads)),
        tuple(dict.fromkeys(spec.writes)),
        tuple(dict.fromkeys(spec.parts)),
        spec.opaque,
        tuple(spec.stages),
        spec.filter,
    )
