"""Mend what lint found and what has one right answer, in the text of the files: comments and order stay."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.definitions.definition import Definition
from ddconf.definitions.yaml import edit, reader
from ddconf.document import JSON, get
from ddconf.document import Path as Steps
from ddconf.errors import DdconfError
from ddconf.lint.finding import REMOVE, Finding
from ddconf.operations.pipeline_tests.defined_pipelines import ready
from ddconf.operations.write_files import write_file

if TYPE_CHECKING:
    from ddconf.definitions.load import Definitions


@dataclass(frozen=True, slots=True)
class FixedFile:
    """A file before and after, and the findings that are gone from it."""

    file: str
    before: str
    after: str
    findings: tuple[Finding, ...]

    def diff(self) -> str:
        """A unified diff."""
        before, after = (text.splitlines(keepends=True) for text in (self.before, self.after))
        return "".join(difflib.unified_diff(before, after, self.file, self.file))


def fixes(findings: Sequence[Finding], definitions: Definitions) -> list[FixedFile]:
    """The files as they would be; what cannot be changed in the text alone is left out."""
    by_file: dict[str, dict[Address, list[Finding]]] = defaultdict(lambda: defaultdict(list))
    for finding in findings:
        address = finding.place.address
        if finding.fix is not None and (source := definitions.items[address].source):
            by_file[source.file][address].append(finding)
    fixed = [_fixed(file, found, definitions.items) for file, found in sorted(by_file.items())]
    return [one for one in fixed if one.findings]


def write(fixed: Sequence[FixedFile]) -> None:
    """Write the files; raises DdconfError."""
    for one in fixed:
        write_file(one.file, one.after)


def _fixed(
    file: str, found: Mapping[Address, Sequence[Finding]], definitions: Mapping[Address, Definition]
) -> FixedFile:
    before = text = Path(file).read_text("utf-8")
    gone: list[Finding] = []
    for address, findings in found.items():
        meant = [one for one in findings if _is_as_written(one, text, file, definitions[address])]
        try:
            text = edit.update(text, file, address, _changes(meant))
        except DdconfError:  # a for_each, or an anchor that others share
            continue
        gone += meant
    return FixedFile(file, before, text, tuple(gone))


def _changes(findings: Sequence[Finding]) -> dict[Steps, JSON]:
    """The new values by path; a field that one rule removes is not changed by another."""
    changes: dict[Steps, JSON] = {}
    for finding in findings:
        assert finding.fix is not None
        path, value = finding.fix
        if changes.get(path) is not edit.REMOVED:
            changes[path] = edit.REMOVED if value is REMOVE else value
    return changes


def _is_as_written(finding: Finding, text: str, file: str, definition: Definition) -> bool:
    """Whether the file has the value itself, and no variable in its place."""
    assert finding.fix is not None
    path, address = finding.fix[0], definition.address
    bodies = (get(value, (address.kind, address.name)) for value, _ in reader.load(text, file))
    body = next((body for body in bodies if body is not None), None)
    written = get(body, path)
    return written is None or written == get(ready(definition), path)
