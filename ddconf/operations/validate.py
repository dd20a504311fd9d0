"""Check definitions offline: the schema of each kind, what log pipelines hold, queries and their options."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path as FilePath
from typing import TYPE_CHECKING

from ddconf.definitions.definition import Definition
from ddconf.definitions.yaml import spans
from ddconf.document import Document, Path, get
from ddconf.errors import Diagnostic, Severity, Source
from ddconf.kind import find_kind
from ddconf.kind.mark import marks_in
from ddconf.operations.pipeline_tests.defined_pipelines import KIND, ready

if TYPE_CHECKING:
    from ddconf.definitions.load import Definitions
    from ddconf.definitions.settings import Settings
    from ddconf.pipelines.problem import Problem

_TOLD_BY_PIPELINES = frozenset(
    (
        "facet-type",
        "missing-facet",
        "missing-measure",
        "read-before-written",
        "unknown-producer",
        "unproduced-attribute",
        "unproduced-facet",
    )
)
"""Rules on what pipelines write, which nobody knows while one of them is broken."""


def validate(
    definitions: Definitions, settings: Settings | None = None, policies: FilePath | None = None
) -> list[Diagnostic]:
    """Every mistake and warning, in the order of the files; with settings, those of `lint` too.

    `policies` is the folder of policies in Python.
    """
    found, waived = _reviewed(definitions, settings, policies) if settings else ([], set())
    allowed = settings.allow_unknown if settings else ()
    known: set[str] = set()
    checked = [
        diagnostic
        for definition in definitions.items.values()
        for diagnostic in _checked(definition, allowed, known)
        if (diagnostic.source, diagnostic.message) not in waived
    ]
    if any(item.severity is Severity.ERROR and item.address.startswith(f"{KIND}.") for item in checked):
        found = [item for item in found if item.rule not in _TOLD_BY_PIPELINES]
    return sorted(_once([*found, *checked]), key=_place)


def mistakes(
    definition: Definition, shown: Document | None = None, allowed: Collection[str] = ()
) -> list[Diagnostic]:
    """What Datadog would refuse for certain; nothing that the object has as Datadog has `shown` it.

    `allowed` are unknown fields that somebody stands for, as KIND.FIELD.
    """
    found = _once([item for item in _checked(definition, allowed) if item.severity is Severity.ERROR])
    if not found or shown is None:
        return found
    taken = {item.message for item in _checked(replace(definition, content=shown))}
    return [item for item in found if item.message not in taken]


def _checked(
    definition: Definition, allowed: Collection[str] = (), told: set[str] | None = None
) -> Iterator[Diagnostic]:
    """The findings of one definition; an unknown field that was `told` of another one is not told again."""
    yield from _schema(definition, allowed, set() if told is None else told)
    yield from _marks(definition)
    yield from pipeline_problems(definition)
    yield from query_problems(definition)


def _reviewed(
    definitions: Definitions, settings: Settings, policies: FilePath | None
) -> tuple[list[Diagnostic], set[object]]:
    """What lint finds, without notes, and the place and message of what is waived."""
    from ddconf.operations.lint import lint

    review = lint(definitions, settings, policies)
    waived: set[object] = {(item.source, item.message) for item in review.waived}
    return [item for item in review.found if item.severity is not Severity.NOTE], waived


def _once(found: list[Diagnostic]) -> list[Diagnostic]:
    """Without what is said twice of one place: the schema and the log engine both see a misspelt type."""
    told: dict[object, Diagnostic] = {}
    whole: dict[object, list[str]] = defaultdict(list)
    for item in sorted(found, key=lambda item: (item.severity is not Severity.ERROR, -len(item.message))):
        place = (item.source, item.address, item.severity)
        if not any(message.startswith(item.message) for message in whole[place]):
            whole[place].append(item.message)
            line = item.source and (item.source.file, item.source.line)
            guess = item.hint.startswith("did you mean") and (line, item.address, item.hint.split("?")[0])
            told.setdefault(guess or (*place, item.hint or item.message), item)
    kept = set(map(id, told.values()))
    return [item for item in found if id(item) in kept]


def _place(diagnostic: Diagnostic) -> tuple[str, int, int]:
    source = diagnostic.source
    return (source.file, source.line, source.column) if source else ("", 0, 0)


def _schema(definition: Definition, allowed: Collection[str], told: set[str]) -> Iterator[Diagnostic]:
    from ddconf.datadog.schema import schema

    kind = find_kind(definition.address.kind)
    for found in schema.check(kind, definition.document):
        field = f"{kind.name}.{found.unknown}"
        if found.unknown and (field in allowed or f"{kind.name}.{found.path[-1]}" in allowed):
            continue
        if found.field and found.severity is Severity.WARNING:
            if f"{kind.name}.{found.path[-1]}" in told:
                continue
            told.add(f"{kind.name}.{found.path[-1]}")
        address, source = str(definition.address), definition.at(found.path)
        hint = found.hint
        if found.unknown and found.severity is Severity.ERROR:
            hint = f"{hint} If Datadog takes it: --allow-unknown={field}".strip()
        yield Diagnostic(found.message, source, hint, address, found.severity)


def _marks(definition: Definition) -> Iterator[Diagnostic]:
    """Marks of owners that came along with a copy of a live object."""
    for mark in marks_in(definition.document):
        source, hint = definition.at(("tags",)), "remove it: a state puts its own on what it writes"
        yield Diagnostic(f"{mark} is the mark of a state, not a tag", source, hint, str(definition.address))


def pipeline_problems(definition: Definition) -> Iterator[Diagnostic]:
    """What is wrong or doubtful in a log pipeline, with the place in its file; nothing for other kinds."""
    if definition.address.kind != KIND:
        return
    from ddconf.pipelines.lint import lint

    document = ready(definition)
    for problem in lint(document):
        severity = Severity.WARNING if problem.warning else Severity.ERROR
        path = _as_written(document, problem.path)
        key, text = definition.at(path), get(document, path)
        source = _inside(key, text, problem) if key and problem.line and isinstance(text, str) else key
        length = 1 if source == key else problem.length
        yield Diagnostic(problem.message, source, problem.hint, str(definition.address), severity, length)


def query_problems(definition: Definition) -> Iterator[Diagnostic]:
    """What Datadog refuses in queries and in the options beside them, and the definition does not waive."""
    from ddconf.queries.bodies import body_problems

    for problem in body_problems(definition.address.kind, ready(definition)):
        terms = definition.options.waive.get(problem.rule)
        if problem.warning or (terms and terms.hold(date.today())):
            continue
        from ddconf.lint.finding import Place
        from ddconf.operations.lint import source_of

        place = Place(definition.address, problem.path, problem.start, problem.length)
        source, length = source_of(place, definition)
        address = str(definition.address)
        yield Diagnostic(problem.message, source, problem.hint, address, length=length, rule=problem.rule)


def _as_written(document: Document, path: Path) -> Path:
    """The path with the camel-case keys that an integration's file has for those of the API."""
    steps: list[str | int] = []
    for step in path:
        camel = re.sub(r"_([a-z])", lambda match: match[1].upper(), str(step))
        node = get(document, tuple(steps))
        steps.append(camel if isinstance(node, dict) and step not in node and camel in node else step)
    return tuple(steps)


def _inside(source: Source, text: str, problem: Problem) -> Source:
    """Where in its file a part of a text stands; that of the key where the file spells the text otherwise.

    It does in folded blocks, with escapes, and behind a variable.
    """
    lines = text.split("\n")
    offset = sum(len(line) + 1 for line in lines[: problem.line - 1]) + problem.column - 1
    found = spans.locate(source, offset)
    if found is None:
        return source
    written = FilePath(found.file).read_text(encoding="utf-8").split("\n")[found.line - 1]
    meant = text[offset : offset + problem.length].split("\n")[0]
    return found if written[found.column - 1 :].startswith(meant) else source
