"""Known failures, a file for each group of sets: a list that may only shrink.

What `run(corpus)` of a module here gives is sets: `normalize:monitors` is of the group `normalize`. A line
of `known/GROUP.txt` is a set and the id of a case that fails in it. A failure without a line is new,
a line whose case passes is out of date.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import tests.conformance

Report = dict[str, Any]
KNOWN = Path(__file__).parent / "known"
_EXCHANGE = re.compile(r"(.+?#\d+) [A-Z]+ /")


def modules() -> list[str]:
    """The modules that measure something, by name."""
    names = (module.name for module in pkgutil.iter_modules(tests.conformance.__path__))
    return [name for name in names if not name.startswith(("_", "test_"))]


def measure(module: str, corpus: Path) -> list[Report]:
    """A report for each of a module's sets."""
    reports: list[Report] = importlib.import_module(f"tests.conformance.{module}").run(corpus)
    return reports


def case_id(failure: str | dict[str, str]) -> str:
    """The case that failed: `source/test#seq` of an exchange, else its name."""
    if isinstance(failure, dict):
        return failure["name"]
    exchange = _EXCHANGE.match(failure)
    return exchange[1] if exchange else failure.partition(": ")[0]


def new_failures(report: Report, folder: Path = KNOWN) -> list[str]:
    """The failures of a set that no line tells, in full."""
    listed = known(_group(report), folder)
    return [
        f"{report['set']} {failure}" for failure in report["failures"] if _line(report, failure) not in listed
    ]


def passing_now(report: Report, folder: Path = KNOWN) -> list[str]:
    """The lines of a set whose cases pass."""
    own = {line for line in known(_group(report), folder) if line.startswith(f"{report['set']} ")}
    return sorted(own - {_line(report, failure) for failure in report["failures"]})


def sets_gone(reports: Iterable[Report], folder: Path = KNOWN) -> list[str]:
    """The lines of sets that are measured no more; `reports` are all of a group."""
    found: list[str] = []
    for group, members in _grouped(reports).items():
        sets = {report["set"] for report in members}
        found += [line for line in known(group, folder) if not any(line.startswith(f"{s} ") for s in sets)]
    return sorted(found)


def shrink(reports: Iterable[Report], folder: Path = KNOWN) -> None:
    """Strike the lines whose cases pass and those of sets that are gone; nothing is ever added."""
    for group, members in _grouped(reports).items():
        better = {line for report in members for line in passing_now(report, folder)}
        better |= set(sets_gone(members, folder))
        if better:
            _write(group, known(group, folder) - better, folder)


def begin(reports: Iterable[Report], folder: Path = KNOWN) -> None:
    """List the failures of groups that have no file yet."""
    for group, members in _grouped(reports).items():
        if not _file(group, folder).is_file():
            lines = {_line(report, failure) for report in members for failure in report["failures"]}
            _write(group, lines, folder)


def known(group: str, folder: Path = KNOWN) -> set[str]:
    """The lines of a group's file; none if there is no file."""
    file = _file(group, folder)
    return set(file.read_text(encoding="utf-8").splitlines()) if file.is_file() else set()


def _grouped(reports: Iterable[Report]) -> dict[str, list[Report]]:
    groups: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        groups[_group(report)].append(report)
    return groups


def _group(report: Report) -> str:
    return str(report["set"]).partition(":")[0]


def _line(report: Report, failure: str | dict[str, str]) -> str:
    return f"{report['set']} {case_id(failure)}"


def _file(group: str, folder: Path) -> Path:
    return folder / f"{group}.txt"


def _write(group: str, lines: set[str], folder: Path) -> None:
    """An empty list stays as an empty file: the group has begun, and may fail no more."""
    folder.mkdir(parents=True, exist_ok=True)
    _file(group, folder).write_text("".join(f"{line}\n" for line in sorted(lines)), encoding="utf-8")
