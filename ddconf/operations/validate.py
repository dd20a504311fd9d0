"""Check definitions offline: the schema of each kind, and what log pipelines hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.definitions.definition import Definition
from ddconf.errors import Diagnostic, Severity, Source
from ddconf.kind import find_kind
from ddconf.operations.pipelines import KIND, ready

if TYPE_CHECKING:
    from ddconf.definitions.load import Definitions

_LITERAL_BLOCK = re.compile(r":\s*\|[-+0-9]*\s*(#.*)?$")


def validate(definitions: Definitions) -> list[Diagnostic]:
    """Every mistake and warning, in the order of the files."""
    found = [
        diagnostic
        for definition in definitions.items.values()
        for check in (_schema, pipeline_problems)
        for diagnostic in check(definition)
    ]
    return sorted(found, key=_place)


def _place(diagnostic: Diagnostic) -> tuple[str, int, int]:
    source = diagnostic.source
    return (source.file, source.line, source.column) if source else ("", 0, 0)


def _schema(definition: Definition) -> Iterator[Diagnostic]:
    from ddconf.datadog import schema

    kind = find_kind(definition.address.kind)
    for path, message, hint, severity in schema.check(kind, definition.document):
        yield Diagnostic(message, definition.at(path), hint, str(definition.address), severity)


def pipeline_problems(definition: Definition) -> Iterator[Diagnostic]:
    """What is wrong or doubtful in a log pipeline, with the place in its file; nothing for other kinds."""
    if definition.address.kind != KIND:
        return
    from ddconf.pipelines.lint import lint

    for problem in lint(ready(definition)):
        severity = Severity.WARNING if problem.warning else Severity.ERROR
        source = definition.at(problem.path)
        if source and problem.line:
            source = inside_block(source, problem.line, problem.column)
        yield Diagnostic(
            problem.message, source, problem.hint, str(definition.address), severity, problem.length
        )


def inside_block(source: Source, line: int, column: int) -> Source:
    """The place of a line and column of the literal block whose key stands at `source`."""
    lines = Path(source.file).read_text(encoding="utf-8").splitlines()
    if not _LITERAL_BLOCK.search(lines[source.line - 1]):
        return source
    below = lines[source.line :]
    indent = next((len(text) - len(text.lstrip()) for text in below if text.strip()), 0)
    return Source(source.file, source.line + line, indent + column)
