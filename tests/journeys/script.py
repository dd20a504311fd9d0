"""A story as text: who types what on which machine, and what they must see.

    # Two people
    - state: moto, azurite

    ## alice (umask 077)

    ```console
    $ ddconf plan
    Plan: 1 to add, ... to change
    ! error
    [2]
    ```

A heading is a person or a machine with a HOME of its own, `$` a command and `>` its further lines. Each line
below must be part of a printed line, in that order; `...` stands for anything, `!` begins what must not be
printed, `[2]` is the exit code, 0 where nothing is said. Options of a machine, in parentheses: `fresh` (its
disk is empty), `umask N`, `cache kept` or `lost`, `N times`; `022/077` takes turns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "stories"
_HEADING = re.compile(r"## (?P<name>[\w' -]+?)(?: \((?P<options>.*)\))?")
_SETTING = re.compile(r"- (?P<name>state|organisations|slow|needs)(?:: (?P<value>.*))?")
_CODE = re.compile(r"\[(?P<code>\d+)\]")


@dataclass
class Step:
    """A command, and what must be seen of it; `line` is where it stands in the story."""

    line: int
    command: str
    seen: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    code: int = 0


@dataclass
class Section:
    """What one person or machine does at a stretch."""

    name: str
    options: Mapping[str, str]
    steps: list[Step] = field(default_factory=list)

    @property
    def times(self) -> int:
        return int(self.options.get("times", "1"))

    def option(self, name: str, turn: int) -> str:
        """The value of an option in this turn, from 0; empty if it is not given."""
        values = self.options.get(name, "").split("/")
        return values[turn % len(values)]


@dataclass(frozen=True)
class Story:
    """A story file: its settings, and its sections in order."""

    name: str
    settings: Mapping[str, str]
    sections: list[Section]

    def listed(self, setting: str) -> list[str]:
        return [text.strip() for text in self.settings.get(setting, "").split(",") if text.strip()]

    @property
    def steps(self) -> list[Step]:
        return [step for section in self.sections for step in section.steps]


def stories() -> Iterator[Story]:
    """All stories, by name."""
    for file in sorted(FOLDER.glob("*.md")):
        yield read(file.stem, file.read_text(encoding="utf-8"))


def read(name: str, text: str) -> Story:
    """Read a story; raises ValueError with the number of a line that is none of it."""
    settings: dict[str, str] = {}
    sections: list[Section] = []
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("```"):
            inside = line == "```console"
        elif inside:
            _read_line(sections, number, line)
        elif found := _HEADING.fullmatch(line):
            sections.append(Section(found["name"], _options(found["options"] or "")))
        elif not sections and (found := _SETTING.fullmatch(line)):
            settings[found["name"]] = found["value"] or "yes"
    return Story(name, settings, sections)


def _read_line(sections: list[Section], number: int, line: str) -> None:
    if not sections:
        raise ValueError(f"line {number}: a command before the first heading")
    steps = sections[-1].steps
    if line.startswith("$ "):
        steps.append(Step(number, line[2:]))
    elif not steps:
        raise ValueError(f"line {number}: no command before this")
    elif line.startswith(">"):
        steps[-1].command += "\n" + line[2:]
    elif line.startswith("! "):
        steps[-1].unseen.append(line[2:])
    elif found := _CODE.fullmatch(line):
        steps[-1].code = int(found["code"])
    elif line:
        steps[-1].seen.append(line.strip())


def _options(text: str) -> dict[str, str]:
    """`fresh, umask 022/077, 10 times` as names and values."""
    options = {}
    for part in filter(None, map(str.strip, text.split(","))):
        first, _, second = part.partition(" ")
        name, value = (second, first) if second == "times" else (first, second or "yes")
        if name not in ("fresh", "umask", "cache", "times"):
            raise ValueError(f"no option of a machine: {part}")
        options[name] = value
    return options


def unmet(step: Step, printed: str) -> str:
    """The first expectation that the output does not meet; empty if it meets all."""
    lines = iter(printed.splitlines())
    for text in step.seen:
        pattern = re.compile(".*".join(map(re.escape, text.split("..."))))
        if not any(pattern.search(line) for line in lines):
            return f"not seen, in its place: {text}"
    return next((f"seen, though it must not be: {text}" for text in step.unseen if text in printed), "")
