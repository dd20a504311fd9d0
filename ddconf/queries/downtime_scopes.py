"""Scopes of downtimes: `env:(prod OR staging) AND service:web-*`.

https://docs.datadoghq.com/monitors/downtimes/#downtime-scope-syntax
"""

from __future__ import annotations

import re

from ddconf.queries.reader import Reader
from ddconf.queries.tree import Everything, ScopeAnd, ScopeNode, ScopeNot, ScopeOr, Tag

_VALUE = re.compile(r"\"([^\"]*)\"|((?:[\w:./*@%+#~-]|\$\{[^{}]*\})+)")
_KEY = re.compile(r"([A-Za-z_@$][\w.@/-]*|\$\{[^{}]*\}):")
_KEYWORD = re.compile(r"(AND|OR|NOT)(?=[\s()]|\Z)")
_DEEPEST = 2


def parse_downtime_scope(text: str) -> ScopeNode:
    """The tree of a downtime's scope. Raises QueryError."""
    reader = _ScopeReader(text)
    if text.strip() == "*":
        return Everything((0, len(text)))
    tree = reader.conjunction()
    if reader.keyword() == "OR":
        raise reader.mistake("OR at the top level", "write key:(a OR b), or set parentheses")
    reader.end("a key:value pair belongs here")
    return tree


class _ScopeReader(Reader):
    levels = 0

    def conjunction(self) -> ScopeNode:
        start, items = self.at, [self.negation()]
        while self.peek() not in ("", ")") and self.keyword() != "OR":
            if self.keyword() == "AND":
                self.match(_KEYWORD)
            items.append(self.negation())
        return items[0] if len(items) == 1 else ScopeAnd(tuple(items), (start, self.at))

    def negation(self) -> ScopeNode:
        sign, start = self.peek(), self.at
        if sign not in ("-", "!") and self.keyword() != "NOT":
            return self.group() if sign == "(" else self.pair()
        self.at += 3 if self.keyword() == "NOT" else 1
        if self.peek() == "(":
            raise self.mistake("a negation of parentheses", "negate the pairs inside")
        return ScopeNot(self.pair(), (start, self.at))

    def group(self) -> ScopeNode:
        self.open()
        start, items = self.at, [self.conjunction()]
        while self.keyword() == "OR":
            self.match(_KEYWORD)
            items.append(self.conjunction())
        self.close()
        return items[0] if len(items) == 1 else ScopeOr(tuple(items), (start, self.at))

    def pair(self) -> ScopeNode:
        key = self.match(_KEY)
        if key is None:
            raise self.mistake("a value without a key", "write key:value")
        start = key.start()
        if not self.text.startswith("(", self.at):
            return Tag(f"{key[1]}:{self.value()}", (start, self.at))
        self.open()
        values = [self.value()]
        while self.keyword() == "OR":
            self.match(_KEYWORD)
            values.append(self.value())
        self.close()
        span = (start, self.at)
        tags = tuple(Tag(f"{key[1]}:{value}", span) for value in values)
        return tags[0] if len(tags) == 1 else ScopeOr(tags, span)

    def value(self) -> str:
        self.peek()
        if self.text.startswith("-", self.at) or self.keyword() == "NOT":
            raise self.mistake("a negation inside of a value", "negate the pair: -key:value")
        found = self.match(_VALUE)
        if found is None:
            raise self.mistake("a value is missing here", "write key:value, without ?")
        value = found[1] if found[1] is not None else found[2]
        if "*" in value[1:-1]:
            raise self.mistake_at(found.span(), "a wildcard inside of a value", "* may begin or end it")
        return value

    def open(self) -> None:
        self.levels += 1
        if self.levels > _DEEPEST:
            raise self.mistake(f"more than {_DEEPEST} levels of parentheses")
        self.at += 1

    def close(self) -> None:
        self.expect(")", "this parenthesis is never closed", "join with AND or OR")
        self.levels -= 1

    def keyword(self) -> str | None:
        """The operator that comes next, if any; nothing is taken."""
        self.peek()
        found = _KEYWORD.match(self.text, self.at)
        return found[1] if found else None
