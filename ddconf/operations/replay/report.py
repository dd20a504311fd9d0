"""What a replay found: of each finding how many logs, and the first of them as an example; reports add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

Finding = tuple[str, str, str]
"""What it is about, what happened, to which one: `("rule", "lost", "nginx / access")`."""

SORTS = ("recording", "pipeline", "rule", "attribute", "field", "tag", "status", "unparsed")
_MOST = 1_000
"""Names that are listed of each thing that can happen, so that memory stays the same whatever logs hold."""
_LONGEST = 2_000


@dataclass(frozen=True, slots=True, order=True)
class Example:
    """A line of a recording, and where it stands; the first one is the smallest."""

    file: str
    line: int
    text: str

    def as_json(self) -> dict[str, Any]:
        return {"example": self.text, "file": self.file, "line": self.line}


Found = tuple[int, Example]
"""How many logs, and the first of them."""


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """Counts of logs. `a + b` is the report of both, in whatever order parts are added.

    Of more names than can be listed it keeps the shortest, since long ones are mostly made of ids; `totals`
    count the others too, by what they are about and what happened.
    """

    logs: int = 0
    changed: int = 0
    findings: Mapping[Finding, Found] = field(default_factory=dict)
    totals: Mapping[tuple[str, str], int] = field(default_factory=dict)

    def __add__(self, other: ReplayReport) -> ReplayReport:
        tally = ReplayTally()
        tally.add(self)
        tally.add(other)
        return tally.report()

    @property
    def differs(self) -> bool:
        """Whether a log comes out otherwise, or a rule gains or loses a match."""
        return bool(self.changed) or any(about == "rule" and event != "kept" for about, event in self.totals)

    def of(self, about: str) -> Iterator[dict[str, Any]]:
        """The findings of one sort as JSON, those of most logs first."""
        chosen = [(key, value) for key, value in self.findings.items() if key[0] == about]
        for (_, event, name), (logs, example) in sorted(chosen, key=lambda item: (-item[1][0], item[0])):
            yield {"what": event, "name": name, "logs": logs, **example.as_json()}

    def as_json(self) -> dict[str, Any]:
        """For people and programs; `uncounted` are the findings of names that are not listed."""
        listed = sum(logs for logs, _ in self.findings.values())
        return {
            "logs": self.logs,
            "changed": self.changed,
            "uncounted": sum(self.totals.values()) - listed,
            **{about: list(self.of(about)) for about in SORTS},
        }

    def as_plain(self) -> Any:
        """In values that another process can take, and a file can hold."""
        found = [
            (*finding, logs, example.file, example.line, example.text)
            for finding, (logs, example) in sorted(self.findings.items())
        ]
        totals = [(*event, logs) for event, logs in sorted(self.totals.items())]
        return self.logs, self.changed, found, totals

    @classmethod
    def from_plain(cls, plain: Any) -> ReplayReport:
        """The inverse of `as_plain`; raises ValueError or TypeError for anything else."""
        logs, changed, found, totals = plain
        return cls(
            int(logs),
            int(changed),
            {
                (about, event, name): (times, Example(file, line, text))
                for about, event, name, times, file, line, text in found
            },
            {(about, event): times for about, event, times in totals},
        )


class ReplayTally:
    """Counts that a report is made of. What `count` is given comes in the order of the lines."""

    def __init__(self) -> None:
        self.logs = self.changed = 0
        self._found: dict[Finding, Found] = {}
        self._totals: dict[tuple[str, str], int] = {}

    def count(self, finding: Finding, file: str, line: int, text: str) -> None:
        """One log more, which is this line."""
        known = self._found.get(finding)
        example = known[1] if known else Example(file, line, text[:_LONGEST])
        self._add(finding, 1, example)
        event = finding[:2]
        self._totals[event] = self._totals.get(event, 0) + 1

    def add(self, report: ReplayReport) -> None:
        self.logs += report.logs
        self.changed += report.changed
        for finding, (logs, example) in report.findings.items():
            self._add(finding, logs, example)
        for event, logs in report.totals.items():
            self._totals[event] = self._totals.get(event, 0) + logs

    def _add(self, finding: Finding, logs: int, example: Example) -> None:
        if known := self._found.get(finding):
            self._found[finding] = (known[0] + logs, min(known[1], example))
            return
        self._found[finding] = (logs, example)
        if len(self._found) > 2 * _MOST and len(self._found) % _MOST == 0:
            self._found = _shortest(self._found)

    def report(self) -> ReplayReport:
        return ReplayReport(self.logs, self.changed, _shortest(self._found), dict(self._totals))


def _shortest(found: Mapping[Finding, Found]) -> dict[Finding, Found]:
    """The most that are kept of each event. A name that goes here would go from any sum of reports too."""
    kept: dict[Finding, Found] = {}
    by_length = sorted(found, key=lambda finding: (*finding[:2], len(finding[2]), finding[2]))
    for _, names in groupby(by_length, key=lambda finding: finding[:2]):
        kept.update({finding: found[finding] for finding in list(names)[:_MOST]})
    return kept
