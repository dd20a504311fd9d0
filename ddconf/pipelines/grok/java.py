"""Java regex syntax with grok tokens in it: pattern text -> tree, or a PatternError that says what is wrong.

https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/regex/Pattern.html
"""

from __future__ import annotations

import re

from ddconf.pipelines.grok.charset import one, some
from ddconf.pipelines.grok.errors import PatternError
from ddconf.pipelines.grok.escapes import read_class, read_escape, read_quoted
from ddconf.pipelines.grok.tokens import parse_token
from ddconf.pipelines.grok.tree import (
    Anchor,
    BackReference,
    Choice,
    Dot,
    Extract,
    Flags,
    Look,
    Node,
    Parentheses,
    Repeat,
    Sequence,
)

_COUNT = re.compile(r"\{(\d+)(?:(,)(\d*))?\}", re.ASCII)
_GROUP_NAME = re.compile(r"\(\?<([\w@$][\w.@$-]*)>")
_REFERENCE = re.compile(r"\\(?:([1-9])|k<([^>]*)>)")
_FLAGS = re.compile(r"\(\?([a-zA-Z]*)(?:-([a-zA-Z]*))?([:)])")
_LOOKS = {"(?=": (True, False), "(?!": (True, True), "(?<=": (False, False), "(?<!": (False, True)}
_DEEPEST, _MOST_REPEATS = 60, 65_535
_SET_FLAGS = frozenset("ismu")
LINE_BREAK = Parentheses(
    Choice(
        (
            Sequence((one("\r").chars(), one("\n").chars())),
            some("\n\x0b\f\r\x85\u2028\u2029").chars(),
        )
    ),
    atomic=True,
)
"""What `\\R` stands for."""


def parse_pattern(pattern: str, *, tokens: bool = True) -> Node:
    """pattern := choice; with `tokens` false, `%{` has no special meaning. Raises PatternError."""
    parser = _Parser(pattern, tokens)
    tree = parser.choice(0)
    if parser.at < len(pattern):
        raise PatternError("this ')' closes nothing", parser.at, hint="write \\) for the character")
    return tree


class _Parser:
    """A cursor over the pattern; each method reads one construct of the grammar."""

    def __init__(self, pattern: str, tokens: bool) -> None:
        self.pattern, self.tokens, self.at = pattern, tokens, 0
        self.opened = 0
        self.closed: dict[str, int] = {}
        self.names: set[str] = set()
        self.referenced = {number or name for number, name in _REFERENCE.findall(pattern)}

    def choice(self, depth: int) -> Node:
        """choice := sequence { "|" sequence }"""
        branches = [self.sequence(depth)]
        while self.pattern.startswith("|", self.at):
            self.at += 1
            branches.append(self.sequence(depth))
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def sequence(self, depth: int) -> Sequence:
        """sequence := { atom [ quantifier ] }"""
        items: list[Node] = []
        spans: list[tuple[int, int]] = []
        while self.at < len(self.pattern) and self.pattern[self.at] not in "|)":
            start = self.at
            atoms = self.atom(depth)
            if atoms:
                atoms[-1] = self.quantified(atoms[-1], start)
            items += atoms
            spans += [(start, self.at)] * len(atoms)
        return Sequence(tuple(items), tuple(spans))

    def atom(self, depth: int) -> list[Node]:
        """atom := token | group | class | escape | "." | "^" | "$" | character"""
        character, start = self.pattern[self.at], self.at
        if self.tokens and self.pattern.startswith("%{", start):
            token = parse_token(self.pattern, start)
            self.at = token.end
            return [token]
        if character == "(":
            return [self.group(depth)]
        if character == "[":
            chars, self.at = read_class(self.pattern, start)
            return [chars.chars()]
        if character == "\\":
            return self.escape()
        if character in "*+?":
            raise PatternError(
                f"nothing stands before '{character}' to repeat", start, hint=f"write \\{character}"
            )
        self.at += 1
        if character == ".":
            return [Dot()]
        return [Anchor(character)] if character in "^$" else [one(character).chars()]

    def escape(self) -> list[Node]:
        """escape := "\\" ( anchor letter | "R" | digit | "k<name>" | "Q...\\E" | character escape )"""
        start, letter = self.at, self.pattern[self.at + 1 : self.at + 2]
        if letter and letter in "bBAzZ":
            self.at += 2
            return [Anchor(letter)]
        if letter == "Q":
            text, self.at = read_quoted(self.pattern, start)
            return [one(character).chars() for character in text]
        if letter == "R":
            self.at += 2
            return [LINE_BREAK]
        if match := _REFERENCE.match(self.pattern, start):
            return [self.reference(match)]
        chars, self.at = read_escape(self.pattern, start)
        return [chars.chars()]

    def reference(self, match: re.Match[str]) -> Node:
        number = self.closed.get(match[1] or match[2])
        if number is None:
            raise PatternError(f"'{match[0]}' refers to no group before it", match.start(), match.end())
        self.at = match.end()
        return BackReference(number)

    def quantified(self, body: Node, start: int) -> Node:
        """quantifier := ( "*" | "+" | "?" | "{" low [ "," [ high ] ] "}" ) [ "?" | "+" ]"""
        character = self.pattern[self.at : self.at + 1]
        count = _COUNT.match(self.pattern, self.at)
        if character and character in "*+?":
            low, high = {"*": (0, None), "+": (1, None), "?": (0, 1)}[character]
            self.at += 1
        elif count:
            low, high = self.count(count)
            self.at = count.end()
        else:
            return body
        suffix = self.pattern[self.at : self.at + 1]
        suffix = suffix if suffix and suffix in "?+" else ""
        self.at += len(suffix)
        if self.pattern[self.at : self.at + 1] in ("*", "?", "+") or _COUNT.match(self.pattern, self.at):
            raise PatternError(
                "one quantifier follows another", start, self.at + 1, "put the first into parentheses"
            )
        if isinstance(body, Anchor | Look | Flags):
            return Repeat(Parentheses(body), low, high, suffix)
        return Repeat(body, low, high, suffix)

    def count(self, match: re.Match[str]) -> tuple[int, int | None]:
        low, high = int(match[1]), int(match[3]) if match[3] else None if match[2] else int(match[1])
        if max(low, high or 0) > _MOST_REPEATS:
            raise PatternError(f"more than {_MOST_REPEATS} repetitions", match.start(), match.end())
        if high is not None and low > high:
            raise PatternError("the repetition runs backwards", match.start(), match.end())
        return low, high

    def group(self, depth: int) -> Node:
        """group := "(" [ "?" ( ":" | ">" | "=" | "!" | "<=" | "<!" | "<name>" | flags ":" ) ] choice ")"
        | "(?" flags ")" """
        start, pattern = self.at, self.pattern
        if depth >= _DEEPEST:
            raise PatternError("groups are nested too deeply", start)
        if (flags := _FLAGS.match(pattern, start)) and flags[0] != "(?:":
            return self.flags(flags, depth)
        for opening, (ahead, negative) in _LOOKS.items():
            if pattern.startswith(opening, start):
                return Look(self.inside(start, len(opening), depth), ahead, negative)
        if pattern.startswith(("(?:", "(?>"), start):
            return Parentheses(self.inside(start, 3, depth), atomic=pattern[start + 2] == ">")
        name = _GROUP_NAME.match(pattern, start)
        if name is None and pattern.startswith("(?", start):
            raise PatternError(
                f"'{pattern[start : start + 3]}' begins no group of a Java regex", start, start + 3
            )
        return self.capturing(start, name, depth)

    def capturing(self, start: int, name: re.Match[str] | None, depth: int) -> Node:
        self.opened += 1
        number = self.opened
        keys = {str(number)} | ({name[1]} if name else set())
        if name and name[1] in self.names:
            raise PatternError(f"two groups have the name '{name[1]}'", name.start(), name.end())
        self.names |= {name[1]} if name else set()
        body = self.inside(start, len(name[0]) if name else 1, depth)
        self.closed |= dict.fromkeys(keys, number)
        group = Parentheses(body, number=number if keys & self.referenced else None)
        return Extract(group, (name[1],)) if name else group

    def inside(self, start: int, opening: int, depth: int) -> Node:
        """What stands between the opening of a group and its `)`."""
        self.at = start + opening
        body = self.choice(depth + 1)
        if not self.pattern.startswith(")", self.at):
            raise PatternError(
                "this group is not closed", start, start + opening, "write \\( for the character ("
            )
        self.at += 1
        return body

    def flags(self, match: re.Match[str], depth: int) -> Node:
        on, off = match[1], match[2] or ""
        if unknown := set(on + off) - _SET_FLAGS:
            flag = min(unknown)
            hint = "the flags i (ignore case), s (dot matches newlines) and m (lines) are known"
            raise PatternError(f"the regex flag '{flag}' is not supported", match.start(), match.end(), hint)
        if match[3] == ")":
            self.at = match.end()
            return Flags(on, off)
        body = self.inside(match.start(), len(match[0]), depth)
        return Parentheses(Sequence((Flags(on, off), body)))
