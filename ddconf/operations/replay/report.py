"""What a replay found, counted: of each finding how many logs, and one of them as an example."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Finding = tuple[str, str, str]
"""What it is about, what happened, to which one: `("rule", "lost", "nginx / access")`."""

_MOST = 5_000
"""Different findings that are kept, so that memory stays the same for logs of any number of attributes."""
_EXAMPLE = 500


@dataclass(slots=True)
class ReplayCounts:
    """Counts of logs; two of them can be added. `uncounted` are findings beyond the most that are kept."""

    logs: int = 0
    changed: int = 0
    uncounted: int = 0
    found: dict[Finding, tuple[int, str]] = field(default_factory=dict)

    def count(self, finding: Finding, example: str, times: int = 1) -> None:
        if (known := self.found.get(finding)) is not None:
            self.found[finding] = (known[0] + times, known[1])
        elif len(self.found) < _MOST:
            self.found[finding] = (times, example[:_EXAMPLE])
        else:
            self.uncounted += times

    def add(self, plain: Any) -> None:
        """Add what `as_plain` of another gave."""
        logs, changed, uncounted, found = plain
        self.logs += logs
        self.changed += changed
        self.uncounted += uncounted
        for finding, times, example in found:
            self.count(tuple(finding), example, times)

    def as_plain(self) -> Any:
        """In values that another process can take."""
        found = [(finding, times, example) for finding, (times, example) in self.found.items()]
        return self.logs, self.changed, self.uncounted, found

    def of(self, about: str) -> Iterator[dict[str, Any]]:
        """The findings of one sort as JSON, those of most logs first."""
        chosen = [(key, value) for key, value in self.found.items() if key[0] == about]
        for (_, event, name), (logs, example) in sorted(chosen, key=lambda item: (-item[1][0], item[0])):
            yield {"what": event, "name": name, "logs": logs, "example": example}

    def as_json(self) -> dict[str, Any]:
        sorts = ("rule", "attribute", "field", "tag", "status", "unparsed")
        return {
            "logs": self.logs,
            "changed": self.changed,
            "uncounted": self.uncounted,
            **{about: list(self.of(about)) for about in sorts},
        }
