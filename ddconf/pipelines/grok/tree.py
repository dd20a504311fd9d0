"""The tree of a grok pattern: what the parser makes, the compiler expands, and the other stages read.

`first` and `alphabet` masks have one bit for each ASCII character and one (`OTHER`) for all the rest.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

OTHER = 1 << 128
EVERYTHING = (1 << 129) - 1

Path: TypeAlias = tuple[str, ...]
Argument: TypeAlias = "str | int | float | bool | GrokFunction | None"


@dataclass(frozen=True, slots=True)
class GrokFunction:
    """A matcher or filter with its arguments, as written: `array(";", scale(10))`."""

    name: str
    args: tuple[Argument, ...] = ()
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        return self.name + (f"({', '.join(map(_written, self.args))})" if self.args else "")


def _written(value: Argument) -> str:
    return str(value) if isinstance(value, GrokFunction) else json.dumps(value, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Token:
    """`%{matcher:path:filter}`; path is None without extract and () for an extract into the root."""

    matcher: GrokFunction
    path: Path | None
    filter: GrokFunction | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set; `source` is Python regex syntax, `exact` the character if there is only one."""

    source: str
    mask: int
    exact: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """Any character; in a part under `(?-s)` any but a line terminator."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place between characters: `^`, `$`, `A` (start), `Z` (like `$`), `z` (end), `b`, `B` (boundaries)."""

    kind: str


@dataclass(frozen=True, slots=True)
class Sequence:
    items: tuple[Node, ...]
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`body` between `low` and `high` times (None: no limit); suffix is "" (greedy), "?" (lazy) or "+"."""

    body: Node
    low: int
    high: int | None
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Parentheses:
    """Parentheses; `number` is set when a back reference needs the group."""

    body: Node
    atomic: bool = False
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    body: Node
    ahead: bool
    negative: bool


@dataclass(frozen=True, slots=True)
class Flags:
    """`(?i-s)`: switches flags for the rest of the enclosing group."""

    on: str
    off: str


@dataclass(frozen=True, slots=True)
class BackReference:
    number: int


@dataclass(frozen=True, slots=True)
class Unambiguous:
    """A matcher that reaches each of its ends in one way only, which the tree alone does not show."""

    body: Node


@dataclass(frozen=True, slots=True)
class Extract:
    """A part whose text is stored: at `path`, after `convert`, which raises FilterError when it cannot.

    `label` names matcher or filter in reports of failure.
    """

    body: Node
    path: Path
    convert: Callable[[str], Any] | None = None
    label: str = ""


@dataclass(frozen=True, slots=True)
class RegexScope:
    """The body of a rule or of a regex argument: flags and group numbers inside mean nothing outside.

    `rule` is set for the body of a named rule.
    """

    body: Node
    rule: str = ""


Node: TypeAlias = (
    Token
    | Chars
    | Dot
    | Anchor
    | Sequence
    | Choice
    | Repeat
    | Parentheses
    | Look
    | Flags
    | BackReference
    | Unambiguous
    | Extract
    | RegexScope
)
