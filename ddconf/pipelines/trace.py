"""What happened to a log: one step for every processor that its way led to.

A changed place is written as in a search: `@http.method` an attribute, `status` an official field, `tags`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ddconf.document import JSON, Path, format_path
from ddconf.pipelines.attributes import ABSENT, Absent
from ddconf.pipelines.log import Log


class Reason(StrEnum):
    """Why a processor did nothing."""

    DISABLED = "disabled"
    UNKNOWN_TYPE = "unknown type"
    FILTER = "filter did not match"
    NO_SOURCE = "source missing"
    NO_MATCH = "nothing matched"
    UNUSABLE = "value unusable"
    NOT_FIRST = "not the first"
    KEPT = "target kept"
    RUNAWAY = "grok rule ran away"
    NO_TABLE = "no table at hand"


@dataclass(frozen=True, slots=True)
class ProcessorReport:
    """What a processor says of one run; `matched` names the rule, category, row or source it went by."""

    reason: Reason | None = None
    detail: str = ""
    matched: str = ""


APPLIED = ProcessorReport()


def applied(matched: str, detail: str = "") -> ProcessorReport:
    return ProcessorReport(matched=matched, detail=detail)


@dataclass(frozen=True, slots=True)
class LogChange:
    """One place of the log before and after; ABSENT where there was or is nothing."""

    place: str
    before: JSON | Absent
    after: JSON | Absent

    def as_json(self) -> dict[str, JSON]:
        document: dict[str, JSON] = {"place": self.place}
        if self.before is not ABSENT:
            document["before"] = self.before
        if self.after is not ABSENT:
            document["after"] = self.after
        return document


@dataclass(frozen=True, slots=True)
class Step:
    """One processor's turn; `path` leads to it from the list of pipelines: `[0].processors[3]`."""

    path: Path
    type: str
    name: str
    report: ProcessorReport
    changes: tuple[LogChange, ...] = ()

    @property
    def applied(self) -> bool:
        return self.report.reason is None

    def as_json(self) -> dict[str, JSON]:
        return {
            "path": format_path(self.path),
            "type": self.type,
            "name": self.name,
            "applied": self.applied,
            "reason": "" if self.report.reason is None else str(self.report.reason),
            "detail": self.report.detail,
            "matched": self.report.matched,
            "changes": [change.as_json() for change in self.changes],
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """The log after the pipelines, and the steps that led there; no steps if none were asked for.

    `taken` says how many pipelines' filters the log has passed.
    """

    log: Log
    trace: tuple[Step, ...] = ()
    taken: int = 0

    def as_json(self) -> dict[str, JSON]:
        return {"log": self.log.as_json(), "trace": [step.as_json() for step in self.trace]}
