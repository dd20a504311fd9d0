"""The rule file: one named pattern per line, the first step of compiling."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from ddconf.pipelines.grok.errors import Mistake

_LINE = re.compile(r"(?P<indent>\s*)(?P<name>\S+)(?P<gap>\s*)(?P<pattern>.*)", re.DOTALL)
_NAME = re.compile(r"[\w.][\w.-]*\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern; `text` is "match" or "support", line and column say where the pattern begins in it."""

    name: str
    pattern: str
    text: str = "match"
    line: int = 1
    column: int = 1

    def mistake(self, message: str, start: int, end: int, hint: str = "") -> Mistake:
        """A mistake between two offsets of the pattern."""
        return Mistake(self.text, self.line, self.column + start, max(1, end - start), message, hint)


def parse_rules(text: str, which: str, taken: Collection[str] = ()) -> tuple[list[Rule], list[Mistake]]:
    """file := { blank* [ "#" comment | name blank+ pattern ] newline }

    Blanks at the end of a pattern belong to it. `which` is "match" or "support"; `taken` has the names of the
    other text. A rule without a pattern is a mistake and still a rule, so that others may name it.
    """
    rules: dict[str, Rule] = {}
    mistakes: list[Mistake] = []
    for number, line in enumerate(text.split("\n"), 1):
        match = _LINE.match(line.removesuffix("\r"))
        if match is None or match["name"].startswith("#"):
            continue
        name, column = match["name"], match.start("name") + 1
        rule = Rule(name, match["pattern"], which, number, match.start("pattern") + 1)
        if problem := _problem(rule, rules, taken):
            mistakes.append(Mistake(which, number, column, len(name), *problem))
        if _NAME.match(name):
            rules.setdefault(name, rule)
    return list(rules.values()), mistakes


def _problem(rule: Rule, earlier: dict[str, Rule], taken: Collection[str]) -> tuple[str, str] | None:
    """The message and the hint."""
    if not _NAME.match(rule.name):
        return "a line must begin with the name of its rule", "name pattern: letters, digits, '_' and '.'"
    if not rule.pattern:
        return f"rule '{rule.name}' has no pattern", "write the pattern after the name, on the same line"
    if rule.name in earlier:
        return f"rule '{rule.name}' is defined twice", f"first defined on line {earlier[rule.name].line}"
    if rule.name in taken:
        return f"rule '{rule.name}' is a support rule too", "rules of both texts share their names"
    return None
