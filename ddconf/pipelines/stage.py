"""A compiled processor: what runs, and what checking and coverage know of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.document import JSON, Path
from ddconf.pipelines.draft import Draft
from ddconf.pipelines.processors import Apply, find_processor, similar_type
from ddconf.pipelines.spec import Problem, Settings, Spec
from ddconf.pipelines.trace import Reason, Report


@dataclass(frozen=True, slots=True)
class Stage:
    """One processor of a pipeline; `parts` are its rules, categories or rows, by the names that traces use.

    `opaque` says that it can write attributes that nobody knows beforehand.
    """

    path: Path
    type: str
    name: str
    apply: Apply
    problems: tuple[Problem, ...] = ()
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    opaque: bool = False
    stages: tuple[Stage, ...] = ()

    def run(self, draft: Draft) -> Report:
        """Apply to the draft and note the step, before the steps of the stages below."""
        if draft.steps is None:
            return self.apply(draft)
        position = len(draft.steps)
        report = self.apply(draft)
        draft.note_step(position, self.path, self.type, self.name, report)
        return report

    def walk(self) -> Iterator[Stage]:
        """This stage and all below it, in the order in which they run."""
        yield self
        for stage in self.stages:
            yield from stage.walk()


def build_stage(document: JSON, path: Path, settings: Settings, *, switched: bool = True) -> Stage:
    """Compile one processor; `switched` is false where there is no `is_enabled`, as inside array-map."""
    spec = Spec(document, path, settings)
    type_, name = spec.text("type", "pipeline" if len(path) == 1 else None), spec.text("name", "")
    enabled = spec.flag("is_enabled") if switched else True
    build = find_processor(type_)
    if build is None:
        apply = idle(Report(Reason.UNKNOWN_TYPE, type_))
        if type_:
            spec.problem(f"unknown processor type '{type_}'", "type", hint=similar_type(type_), warning=True)
    else:
        apply = build(spec)
    if not enabled:
        unset = "is_enabled" not in spec.document
        apply = idle(Report(Reason.DISABLED, "is_enabled is not set, which means false" if unset else ""))
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
    )


def idle(report: Report) -> Apply:
    """What runs in place of a processor that does nothing."""
    return lambda draft: report
