"""Conditions on a document in one line: `tags has team:*`, `options.timeout_h >= 2 and priority exists`.

    condition := test { "and" test }
    test      := path ( "has" | "lacks" | "is" | "is not" ) pattern
               | path "exists" | path ( ">=" | "<=" ) number

In a pattern `*` is any text and `|` stands between alternatives.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from ddconf.document import JSON, Document, Path, find, get, parse_path

_TEST = re.compile(
    r"(?P<path>\S+)\s+(?:(?P<exists>exists)|(?P<order>>=|<=)\s*(?P<number>-?\d+(?:\.\d+)?)"
    r"|(?P<operator>has|lacks|is not|is)\s+(?P<pattern>\S.*?))\s*"
)
_SPECIAL = re.compile(r"[\[?]")
_AND = re.compile(r"\s+and(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class FieldTest:
    """One test; `operator` is exists, has, lacks, is, is not, >= or <=."""

    path: Path
    operator: str
    pattern: str = ""
    written: str = ""

    def failing(self, document: Document) -> Path | None:
        """The path of a value that does not pass; None where all do, with `*` in the path each there is."""
        paths = list(find(document, self.path)) if "*" in self.path else [self.path]
        return next((path for path in reversed(paths) if not self._passes(get(document, path))), None)

    def _passes(self, value: JSON) -> bool:
        match self.operator:
            case "exists":
                return value not in (None, "", [], {})
            case ">=" | "<=":
                if not isinstance(value, int | float) or isinstance(value, bool):
                    return False
                return value >= float(self.pattern) if self.operator == ">=" else value <= float(self.pattern)
            case "has" | "lacks":
                return any(self._in(value)) is (self.operator == "has")
        return any(fnmatchcase(_text(value), one) for one in self._patterns()) is (self.operator == "is")

    def _in(self, value: JSON) -> Iterator[bool]:
        """Whether an item of a list, a key of a mapping, or a part of a text matches."""
        for one in self._patterns():
            if isinstance(value, list | dict):
                yield from (fnmatchcase(_text(item), one) for item in value)
            elif value is not None:
                yield fnmatchcase(_text(value), f"*{one}*")

    def _patterns(self) -> list[str]:
        """The alternatives; all but `*` stands for itself."""
        return [_SPECIAL.sub(r"[\g<0>]", one.strip()) for one in self.pattern.split("|")]


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests that all have to pass."""

    tests: tuple[FieldTest, ...]

    def failing(self, document: Document) -> tuple[FieldTest, Path] | None:
        """The first test that fails, with the path of the value that it fails at."""
        for test in self.tests:
            if (path := test.failing(document)) is not None:
                return test, path
        return None


def parse_condition(text: str) -> Condition:
    """The condition; raises ValueError with what is wrong."""
    return Condition(tuple(map(_test, _AND.split(text.strip()))))


def _test(text: str) -> FieldTest:
    match = _TEST.fullmatch(text)
    path = parse_path(match["path"]) if match else ()
    if match is None or not path:
        raise ValueError(f"'{text}' is not a condition")
    operator = match["exists"] or match["order"] or match["operator"]
    return FieldTest(path, operator, match["number"] or match["pattern"] or "", text.strip())


def _text(value: JSON) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
