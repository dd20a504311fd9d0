"""The rule file: one named pattern per line, the first step of compiling."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from ddconf.pipelines.grok.errors import Mistake, PatternError
from ddconf.pipelines.grok.tokens import parse_token

_LINE = re.compile(r"(?P<indent>\s*)(?P<name>\S+)(?P<gap>\s*)(?P<pattern>.*)", re.DOTALL)
_NAME = re.compile(r"[\w.][\w.-]*\Z", re.ASCII)
_MOST_LINES = 10
_STRING = r'"(?:\\.|[^"\\])*'
_OPEN_STRING = re.compile(rf'%\{{(?:[^"}}]|{_STRING}")*+{_STRING}\Z', re.DOTALL)
"""A token whose last string is not closed."""


@dataclass(frozen=True, slots=True)
class GrokRule:
    """A named pattern; `text` is "match" or "support", line and column say where the pattern begins in it."""

    name: str
    pattern: str
    text: str = "match"
    line: int = 1
    column: int = 1

    def mistake(self, message: str, start: int, end: int, hint: str = "") -> Mistake:
        """A mistake between two offsets of the pattern."""
        return Mistake(self.text, *self.position(start), max(1, end - start), message, hint)

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset of the pattern, from 1."""
        before, newline, line = self.pattern[:offset].rpartition("\n")
        return self.line + before.count("\n") + len(newline), (1 if newline else self.column) + len(line)


def parse_rules(text: str, which: str, taken: Collection[str] = ()) -> tuple[list[GrokRule], list[Mistake]]:
    """file := { blank* [ "#" comment | name blank+ pattern ] newline }

    The string of a token may have line breaks. Blanks at the end of a pattern belong to it. `which` is
    "match" or "support"; `taken` has the names of the other text. A rule without a pattern is a mistake and
    still a rule, so that others may name it.
    """
    rules: dict[str, GrokRule] = {}
    mistakes: list[Mistake] = []
    for number, line in _lines(text):
        match = _LINE.match(line)
        if match is None or match["name"].startswith("#"):
            continue
        name, column = match["name"], match.start("name") + 1
        rule = GrokRule(name, match["pattern"], which, number, match.start("pattern") + 1)
        if problem := _problem(rule, rules, taken):
            mistakes.append(Mistake(which, number, column, len(name), *problem))
        if _NAME.match(name):
            rules.setdefault(name, rule)
    return list(rules.values()), mistakes


def put_in_fragments(
    match: Iterable[GrokRule], support: Iterable[GrokRule]
) -> tuple[list[GrokRule], list[GrokRule]]:
    """The rules, with helpers that begin with `?`, `*` or `+` put in as text where they are named.

    Such a helper says how often what stands before it occurs, or of what sort the group around it is, as in
    `(%{helper})` with `?:a|b`; it is not a pattern of its own.
    """
    support = list(support)
    fragments = {rule.name: rule.pattern for rule in support if rule.pattern.startswith(("?", "*", "+"))}
    if not fragments:
        return list(match), support
    token = re.compile(rf"%\{{\s*({'|'.join(map(re.escape, fragments))})\s*\}}")

    def whole(rule: GrokRule) -> GrokRule:
        pattern = rule.pattern
        for _ in fragments:
            pattern = token.sub(lambda named: fragments[named[1]], pattern)
        return replace(rule, pattern=pattern)

    return [whole(rule) for rule in match], [whole(rule) for rule in support if rule.name not in fragments]


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Each line with its number; one that ends inside a quoted string of a token goes on in the next."""
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    number = 0
    while number < len(lines):
        end = _end_of_rule(lines, number)
        yield number + 1, "\n".join(lines[number:end])
        number = end


def _end_of_rule(lines: list[str], begin: int) -> int:
    """Where the next rule begins."""
    line, end = lines[begin], begin + 1
    if line.lstrip().startswith("#"):
        return end
    while opened := _OPEN_STRING.search(line):
        more = _lines_until_closed(line, opened.start(), lines[end : end + _MOST_LINES])
        if not more:
            break
        line, end = "\n".join([line, *lines[end : end + more]]), end + more
    return end


def _lines_until_closed(line: str, token: int, following: list[str]) -> int:
    """How many more lines make the token whole; 0 where none does, since the quote is a mistake then."""
    for count, more in enumerate(following, 1):
        line = f"{line}\n{more}"
        try:
            parse_token(line, token)
        except PatternError:
            continue
        return count
    return 0


def _problem(rule: GrokRule, earlier: dict[str, GrokRule], taken: Collection[str]) -> tuple[str, str] | None:
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
