"""Scopes of metrics: `{env:prod,!host:a}` in symbols, `{env:prod AND NOT host:a}` in words, never both.

https://docs.datadoghq.com/metrics/advanced-filtering/
"""

from __future__ import annotations

import re

from ddconf.queries.reader import Reader
from ddconf.queries.tree import Everything, In, ScopeAnd, ScopeNode, ScopeNot, ScopeOr, Span, Tag

_REFERENCE = r"\$\{[^{}]*\}"
_SIGN = rf"(?:[\w:./*$@%+#~-]|{_REFERENCE})"
_TAG = re.compile(rf"{_SIGN}+")
_ITEM = re.compile(rf"(!?\s*)({_SIGN}+?)(?::[ ]({_SIGN}+))?(?=\s*[,}}])")
_NEGATION = re.compile(r"!?\s*")
_KEYWORD = re.compile(r"(AND|OR|NOT|IN)(?=[\s(){},]|\Z)", re.IGNORECASE)
_IN = re.compile(rf"({_SIGN}+)\s+(NOT\s+)?IN(?=[\s(])", re.IGNORECASE)
_WORDS = re.compile(r"(?<=[\s(){,!])(?:AND|OR|NOT|IN)(?=[\s(){},])|[()]", re.IGNORECASE)
_GROUP = re.compile(rf"(?:[\w$@./*-]|{_REFERENCE})+")
_CLOSE = re.compile(rf"(?:[^{{}}]|{_REFERENCE})*\}}")
_MIXED = "words (AND, OR, NOT, IN) and symbols (, !) are mixed in one scope"
_HOW_TO_MIX = "write the whole scope in words: {env:prod AND NOT host:a}"


class ScopeReader(Reader):
    """Reads the braces of scopes and groups."""

    def scope(self) -> ScopeNode:
        """From the opening brace to behind the closing one."""
        opened = self.at
        self.at += 1
        end = _CLOSE.match(self.text, self.at)
        if end is None and "}" not in self.text[opened:]:
            raise self.mistake_at((opened, opened + 1), "this scope is never closed", "add the missing }")
        if self.peek() == "}":
            raise self.mistake("nothing between the braces", "write {*} for everything")
        words = _WORDS.search(self.text, opened + 1, end.end() if end else len(self.text))
        node = self.scope_or() if words else self.symbols(opened)
        if self.peek() in (",", "!"):
            raise self.mistake(_MIXED, _HOW_TO_MIX)
        self.expect("}", "a tag, an operator or } belongs here", "join tags with a comma or with AND")
        return node

    def symbols(self, opened: int) -> ScopeNode:
        items = [self.item()]
        while self.take(","):
            items.append(self.item())
        return items[0] if len(items) == 1 else ScopeAnd(tuple(items), (opened + 1, self.at))

    def item(self) -> ScopeNode:
        found = self.match(_ITEM)
        if found is None:
            self.match(_NEGATION)
            self.match(_TAG)
            raise self.mistake("a tag is missing here" if self.peek() in (",", "}") else self.unexpected())
        tag = self.tag(f"{found[2]}:{found[3]}" if found[3] else found[2], (found.start(2), found.end()))
        return ScopeNot(tag, (found.start(), found.end())) if found[1] else tag

    def unexpected(self) -> str:
        return f"{self.peek()!r} cannot stand here in a scope"

    def tag(self, text: str, span: Span) -> Tag | Everything:
        return Everything(span) if text == "*" else Tag(text, span)

    def scope_or(self) -> ScopeNode:
        start, items = self.at, [self.scope_and()]
        while self.keyword() == "OR":
            self.match(_KEYWORD)
            items.append(self.scope_and())
        return items[0] if len(items) == 1 else ScopeOr(tuple(items), (start, self.at))

    def scope_and(self) -> ScopeNode:
        start, items = self.at, [self.scope_part()]
        while self.keyword() == "AND":
            self.match(_KEYWORD)
            items.append(self.scope_part())
        return items[0] if len(items) == 1 else ScopeAnd(tuple(items), (start, self.at))

    def scope_part(self) -> ScopeNode:
        sign = self.peek()
        start = self.at
        if sign == "!" or sign == ",":
            raise self.mistake(_MIXED, _HOW_TO_MIX)
        if sign == "(":
            self.at += 1
            node = self.nested(self.scope_or)
            self.expect(")", "this parenthesis is never closed", "add the missing )")
            return node
        keyword = self.keyword()
        if keyword == "NOT":
            self.match(_KEYWORD)
            return ScopeNot(self.nested(self.scope_part), (start, self.at))
        if keyword or not sign or sign in ")}":
            raise self.mistake("a tag is missing here", "AND, OR and NOT need a tag on every side")
        if found := self.match(_IN):
            return In(found[1], self.values(), found[2] is not None, (start, self.at))
        if found := self.match(_TAG):
            return self.rest_of_tag(found)
        raise self.mistake(self.unexpected())

    def rest_of_tag(self, found: re.Match[str]) -> Tag | Everything:
        """A tag whose value may stand behind one blank: `servicename: ec2`."""
        text = found[0]
        if text.endswith(":") and not self.keyword() and (value := self.match(_TAG)):
            text += value[0]
        if self.keyword() == "IN":
            raise self.mistake("the values of IN stand in parentheses", "write IN (a, b)")
        return self.tag(text, (found.start(), self.at))

    def values(self) -> tuple[str, ...]:
        self.expect("(", "the values of IN stand in parentheses", "write IN (a, b)")
        values = [self.value()]
        while self.take(","):
            values.append(self.value())
        self.expect(")", "a comma or ) belongs here", "write IN (a, b)")
        return tuple(values)

    def value(self) -> str:
        found = self.match(_TAG)
        if found is None:
            raise self.mistake("a value is missing here", "write IN (a, b)")
        return found[0]

    def keyword(self) -> str | None:
        """The operator that comes next, if any; nothing is taken."""
        self.peek()
        found = _KEYWORD.match(self.text, self.at)
        return found[1].upper() if found else None

    def groups(self) -> tuple[Tag, ...]:
        """From the opening brace of `by {host,env}` to behind the closing one."""
        self.expect("{", "the tags of by stand in braces", "write by {host}")
        tags = [self.group()]
        while self.take(","):
            tags.append(self.group())
        self.expect("}", "a comma or } belongs here", "write by {host,env}")
        return tuple(tags)

    def group(self) -> Tag:
        found = self.match(_GROUP)
        if found is None:
            raise self.mistake("the name of a tag is missing here", "write by {host}, or leave by out")
        return Tag(found[0], found.span())
