"""Make the results of test cases their expectations, in the text of the files, comments and order kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from ddconf.definitions.files import decode, read_bytes
from ddconf.definitions.yaml import edit
from ddconf.definitions.yaml.edit import REMOVED
from ddconf.document import JSON, Document, get
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
    if verdict.actual is not None and case.log is None:  # of a monitor: the timeline as a whole
        return {(*origin.path, "expect"): verdict.actual["expect"]}
    if verdict.actual is None or (verdict.reasons and not case.no_match):
        return {}
    changes: dict[Place, JSON] = {}
    gone = {difference.path for difference in verdict.differences if difference.found is ABSENT}
    for difference in verdict.differences:
        place, found = difference.path, difference.found
        if place == ("tags",):
            found = [*origin.tags, *verdict.actual["tags"]]
        elif found is ABSENT:
            place, found = _without(place, gone, case, verdict.actual)
        changes[origin.path_of(place)] = found
    if verdict.reasons:
        changes[(*origin.path, "no_match")] = REMOVED
    if "attributes" not in case.expected and (verdict.reasons or not case.expected):
        changes[origin.path_of(("attributes",))] = verdict.actual["attributes"]
    return changes


def _without(place: Place, gone: Collection[Place], case: Case, actual: Document) -> tuple[Place, JSON]:
    """The removal of a place, or what was found around it where nothing else is expected there.

    An empty mapping would say that nothing may be there.
    """
    around = place[:-1]
    if not around or case.exact or any((*around, key) not in gone for key in get(case.expected, around)):
        return place, REMOVED
    return around, get(actual, around)
