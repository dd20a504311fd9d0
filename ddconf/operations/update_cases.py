"""Make the results of test cases their expectations, in the text of the files, comments and order kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ddconf.definitions import edit
from ddconf.definitions.edit import REMOVED
from ddconf.definitions.files import decode, read_bytes
from ddconf.document import JSON
from ddconf.document import Path as Place
from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.cases import Case, Origin
from ddconf.pipelines.verdict import Report, Verdict


def updated_files(reports: Iterable[Report]) -> dict[str, tuple[str, str]]:
    """File -> its text, and the text with the results of its cases as expectations; raises DdconfError.

    Samples have no expectation to update, and a log that no rule matches is not made a rule's fault.
    """
    wanted: dict[str, dict[int, dict[Place, JSON]]] = {}
    for report in reports:
        for case, verdict in report.rows():
            if case.origin and (changes := _changes(case, case.origin, verdict)):
                documents = wanted.setdefault(case.origin.file, {})
                documents.setdefault(case.origin.document, {}).update(changes)
    return {file: _edited(file, documents) for file, documents in wanted.items()}


def is_updatable(case: Case, verdict: Verdict) -> bool:
    """Whether an update changes what the case expects."""
    return bool(case.origin and _changes(case, case.origin, verdict))


def _edited(file: str, documents: Mapping[int, Mapping[Place, JSON]]) -> tuple[str, str]:
    before = after = decode(read_bytes(Path(file)), file)
    for number, changes in documents.items():
        after = edit.change(after, file, changes, number)
    return before, after


def _changes(case: Case, origin: Origin, verdict: Verdict) -> dict[Place, JSON]:
    """What to write where, for a case that is not as expected, or expects nothing yet."""
    if verdict.actual is None or (verdict.reasons and not case.no_match):
        return {}
    changes: dict[Place, JSON] = {}
    for difference in verdict.differences:
        found: JSON = difference.found
        if difference.path == ("tags",):
            found = [*origin.tags, *found]
        changes[origin.path_of(difference.path)] = REMOVED if found is ABSENT else found
    if verdict.reasons:
        changes[(*origin.path, "no_match")] = REMOVED
    if "attributes" not in case.expected and (verdict.reasons or not case.expected):
        changes[origin.path_of(("attributes",))] = verdict.actual["attributes"]
    return changes
