"""Mistakes as values: a Diagnostic says what is wrong and where; a DdconfError carries all of a stage's.

DdconfError          anything the user can mend: printed without a traceback, exit code 1
├── ApiError         Datadog refused a request or did not answer
├── BlockedError     a safety limit or protection stopped the run (exit code 3)
├── StaleError       the world moved since the plan was made (exit code 5)
└── LockedError      another run holds the state's lock
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Source:
    """A place in a file; line and column count from 1."""

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        # A line of its own could be a command to the CI that prints it.
        file = self.file.replace("\n", "\\n").replace("\r", "\\r")
        return f"{file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One mistake in the user's words; `hint` says what to do, `length` how many columns the caret spans."""

    message: str
    source: Source | None = None
    hint: str = ""
    address: str = ""
    severity: Severity = Severity.ERROR
    length: int = 1
    rule: str = ""
    """Name of the lint rule that found it."""

    def __str__(self) -> str:
        place = f"{self.source}: " if self.source else f"{self.address}: " if self.address else ""
        return f"{place}{self.message}" + (f" ({self.hint})" if self.hint else "")


class DdconfError(Exception):
    """All mistakes of one stage, raised once at its end."""

    def __init__(self, *diagnostics: Diagnostic | str) -> None:
        self.diagnostics = tuple(Diagnostic(item) if isinstance(item, str) else item for item in diagnostics)
        super().__init__("\n".join(str(item) for item in self.diagnostics))


class BlockedError(DdconfError):
    """A safety limit or a protection stopped the run before anything changed."""


class StaleError(DdconfError):
    """What the plan was made from is no longer so."""


class LockedError(DdconfError):
    """Another run holds the state's lock."""


class ApiError(DdconfError):
    """Datadog's answer to one request was an error, or there was no answer (`status` 0).

    `lost` is true when the request may have taken effect although no success was seen
    (timeout, reset, 5xx), so a create must be looked up before it is repeated.
    """

    def __init__(
        self,
        method: str,
        path: str,
        status: int,
        errors: tuple[str, ...] = (),
        *,
        lost: bool = False,
        hint: str = "",
    ) -> None:
        self.method, self.path, self.status, self.errors, self.lost = method, path, status, errors, lost
        answer = f"HTTP {status}" if status else "no answer"
        message = f"{method} {path}: {answer}" + (f": {'; '.join(errors)}" if errors else "")
        super().__init__(Diagnostic(message, hint=hint))
