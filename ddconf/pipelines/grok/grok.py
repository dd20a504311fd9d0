"""Compiled grok rules applied to texts: the first rule that matches says what is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from ddconf.pipelines.grok.attributes import store, without_empty
from ddconf.pipelines.grok.compiler import compile_rules
from ddconf.pipelines.grok.engine import Found, Pattern
from ddconf.pipelines.grok.errors import GrokError, GrokTimeout
from ddconf.pipelines.grok.registry import Clock, FilterError, Settings
from ddconf.pipelines.grok.rules import Rule, parse_rules
from ddconf.pipelines.grok.tree import Node


@dataclass(frozen=True, slots=True)
class FailedFilter:
    """A matcher or filter that could not convert the text of its token; nothing is stored there."""

    path: str
    filter: str
    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """The rule that matched and what it stores."""

    rule: str
    attributes: dict[str, Any]
    failed_filters: tuple[FailedFilter, ...] = ()


def compile_grok(
    match_rules: str, support_rules: str = "", now: Clock | None = None, timeout: float = 1.0
) -> Grok:
    """Compile rule files; raises GrokError with all mistakes.

    `now` is the clock for dates without a year. `timeout` is the limit in seconds for one text.
    """
    match, mistakes = parse_rules(match_rules, "match")
    support, more = parse_rules(support_rules or "", "support")
    if mistakes or more:
        raise GrokError([*mistakes, *more, *_other_mistakes(match, support)])
    return grok_of(match, support, now, timeout)


def _other_mistakes(match: list[Rule], support: list[Rule]) -> tuple[Any, ...]:
    try:
        grok_of(match, support)
    except GrokError as error:
        return error.mistakes
    return ()


def grok_of(
    match: Iterable[Rule], support: Iterable[Rule] = (), now: Clock | None = None, timeout: float = 1.0
) -> Grok:
    """Compile rules that are parsed already, whose patterns may contain newlines."""
    settings = Settings(now or (lambda: datetime.now(UTC)), timeout)
    return Grok(compile_rules(match, support, settings), timeout)


class Grok:
    """Match rules in order, ready to be applied to texts."""

    def __init__(self, trees: dict[str, Node], timeout: float) -> None:
        self.trees, self.timeout = trees, timeout
        self._patterns = [(name, Pattern(tree)) for name, tree in trees.items()]

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the match rules, in order."""
        return tuple(self.trees)

    def parse(self, text: str) -> dict[str, Any] | None:
        """The attributes the first matching rule stores, None if no rule matches; raises GrokTimeout."""
        match = self.match(text)
        return None if match is None else match.attributes

    def match(self, text: str) -> Match | None:
        """Like `parse`, with the rule's name and the filters that failed."""
        deadline = monotonic() + self.timeout
        for name, pattern in self._patterns:
            try:
                found = pattern.match(text, deadline)
                if found is not None:
                    return _stored(name, found, pattern)
            except TimeoutError:
                raise GrokTimeout(name, self.timeout) from None
        return None


def _stored(name: str, found: Found, pattern: Pattern) -> Match:
    attributes: dict[str, Any] = {}
    failed: list[FailedFilter] = []
    groups = found.groups()
    for index, extract in pattern.emitted.extracts:
        text = groups[index - 1]
        if not text:
            continue
        value: Any = text
        if extract.convert is not None:
            try:
                value = extract.convert(text)
            except FilterError:
                failed.append(FailedFilter(".".join(extract.path), extract.label, text))
                continue
        if value is not None:
            store(attributes, extract.path, value)
    return Match(name, without_empty(attributes) or {}, tuple(failed))
