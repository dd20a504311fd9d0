"""The last step of compiling: a tree without tokens -> one pattern in the syntax of both `re` and `regex`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ddconf.pipelines.grok.charset import NOT_LINE_END
from ddconf.pipelines.grok.tree import (
    Anchor,
    BackReference,
    Chars,
    Choice,
    Dot,
    Extract,
    Flags,
    Look,
    Node,
    Parentheses,
    RegexScope,
    Repeat,
    Sequence,
    Token,
    Unambiguous,
)

FLAGS = re.ASCII | re.DOTALL
"""Java's \\w, \\d, \\s and \\b mean ASCII; the dot of grok takes newlines."""

END = r"\Z"
JAVA_END = r"(?=(?:\r\n|(?<!\r)\n|[\r\x85\u2028\u2029])?\Z)"
"""Java's `$`: at the end, or before a line terminator that ends the text."""

_UNITS = (Chars, Dot, Parentheses, Extract, Choice, BackReference)


@dataclass(frozen=True, slots=True)
class EmittedPattern:
    """A pattern, and what to store from which of its groups (counted from 0), in order."""

    pattern: str
    extracts: tuple[tuple[int, Extract], ...]


def emit(tree: Node, end: str = END) -> EmittedPattern:
    """`end` is what `$` becomes: END will do for texts that end in no line terminator."""
    emitter = _Emitter(end)
    pattern = emitter.emit(tree)
    return EmittedPattern(pattern, tuple(emitter.extracts))


class _Emitter:
    """Writes the pattern from left to right, counting groups and minding the flags on the way."""

    def __init__(self, end: str) -> None:
        self.end = end
        self.groups = 0
        self.extracts: list[tuple[int, Extract]] = []
        self.numbers: dict[int, int] = {}
        self.flags = frozenset("s")

    def emit(self, node: Node) -> str:
        match node:
            case Sequence(items):
                return "".join(map(self.emit, items))
            case Chars(source):
                return self.cased(source)
            case Dot():
                return "." if "s" in self.flags else NOT_LINE_END.expression
            case Repeat(body, low, high, suffix):
                return self.unit(body) + _quantifier(low, high) + suffix
            case Extract(body):
                return self.extract(node)
            case RegexScope(body):
                return self.scope(body)
            case Unambiguous(body):
                return self.emit(body)
            case Choice(branches):
                return f"(?:{'|'.join(map(self.emit, branches))})"
            case Parentheses() | Look():
                return self.enclosed(node)
            case Anchor(kind):
                return self.anchor(kind)
            case Flags(on, off):
                self.flags = (self.flags | set(on)) - set(off)
                return ""
            case BackReference(number):
                return self.cased(f"(?:\\{self.numbers[number]})")
            case Token():
                raise ValueError("a token was not expanded")

    def unit(self, node: Node) -> str:
        """Something a quantifier can follow."""
        text = self.emit(node)
        return text if isinstance(node, _UNITS) else f"(?:{text})"

    def cased(self, source: str) -> str:
        return f"(?i:{source})" if "i" in self.flags else source

    def anchor(self, kind: str) -> str:
        if kind in "^$" and "m" in self.flags:
            return f"(?m:{kind})"
        return {"^": r"\A", "A": r"\A", "$": self.end, "Z": self.end, "z": r"\Z"}.get(kind, f"\\{kind}")

    def enclosed(self, node: Parentheses | Look) -> str:
        """A group; flags switched inside are as before after it."""
        opening = _opening(node)
        if isinstance(node, Parentheses) and node.number is not None:
            self.groups += 1
            self.numbers[node.number] = self.groups
        flags = self.flags
        text = f"{opening}{self.emit(node.body)})"
        self.flags = flags
        return text

    def extract(self, node: Extract) -> str:
        """A group; what is merged into the root comes after what is inside it, and wins."""
        extract = (self.groups, node)
        self.groups += 1
        if node.path:
            self.extracts.append(extract)
        text = f"({self.emit(node.body)})"
        if not node.path:
            self.extracts.append(extract)
        return text

    def scope(self, body: Node) -> str:
        flags, numbers = self.flags, self.numbers
        self.numbers = {}
        text = self.emit(body)
        self.flags, self.numbers = flags, numbers
        return text


def _opening(node: Parentheses | Look) -> str:
    if isinstance(node, Parentheses):
        return "(" if node.number is not None else "(?>" if node.atomic else "(?:"
    return "(?" + ("" if node.ahead else "<") + ("!" if node.negative else "=")


def _quantifier(low: int, high: int | None) -> str:
    known = {(0, None): "*", (1, None): "+", (0, 1): "?"}.get((low, high))
    if known:
        return known
    return f"{{{low}}}" if low == high else f"{{{low},{'' if high is None else high}}}"
