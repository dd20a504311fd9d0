"""The Sensitive Data Scanner: what its rules find in a processed log is replaced, and the log tagged.

https://docs.datadoghq.com/security/sensitive_data_scanner/
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import regex

from ddconf.document import JSON, Document, copy
from ddconf.living.routing.indexes import share_of
from ddconf.pipelines.attributes import ABSENT, find, put, split
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import Query, parse_query

_KEYWORD_DISTANCE = 30  # characters
_SECONDS = 1.0

Change = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class ScannerRule:
    """A pattern and what is put in place of what it finds; None only tags.

    `namespaces` are the attributes that it looks into, all if there are none.
    """

    name: str
    pattern: regex.Pattern[str]
    change: Change | None = None
    tags: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    distance: int = _KEYWORD_DISTANCE

    def scan(self, text: str) -> tuple[str, bool]:
        """The text after the rule, and whether it found anything."""
        found = False

        def changed(match: regex.Match[str]) -> str:
            nonlocal found
            if not self._near_keyword(text, match.start()):
                return match[0]
            found = True
            return self.change(match[0]) if self.change else match[0]

        try:
            return self.pattern.sub(changed, text, timeout=_SECONDS), found
        except TimeoutError:
            return text, False

    def _near_keyword(self, text: str, start: int) -> bool:
        if not self.keywords:
            return True
        before = text[max(0, start - self.distance) : start].lower()
        return any(keyword in before for keyword in self.keywords)


@dataclass(frozen=True, slots=True)
class ScannerGroup:
    """Rules for the logs that a query matches; `rate` is the share of them that is scanned."""

    query: Query
    rules: tuple[ScannerRule, ...]
    rate: float = 1.0

    def scan(self, log: Log, number: int) -> tuple[Log, tuple[str, ...]]:
        """The log after the group's rules, and the names of those that found something."""
        if not self.query.matches(log) or share_of(f"scan {number}") >= self.rate:
            return log, ()
        found: list[str] = []
        for rule in self.rules:
            log, hit = _scan(rule, log)
            found += [rule.name] if hit else []
        return log, tuple(found)


def _scan(rule: ScannerRule, log: Log) -> tuple[Log, bool]:
    if rule.namespaces:
        attributes, hit = copy(log.attributes), False
        for namespace in rule.namespaces:
            path = split(namespace.removeprefix("@"))
            if (value := find(attributes, path)) is not ABSENT:
                changed, here = _walk(rule, value, namespace)
                put(attributes, path, changed)
                hit = hit or here
        message = log.message
    else:
        message, in_message = rule.scan(log.message)
        attributes, hit = _walk(rule, log.attributes, "")
        hit = hit or in_message
    if not hit:
        return log, False
    tags = (*log.tags, *(tag for tag in rule.tags if tag not in log.tags))
    return replace(log, message=message, attributes=attributes, tags=tags), True


def _walk(rule: ScannerRule, value: JSON, path: str) -> tuple[JSON, bool]:
    if path and path in rule.excluded:
        return value, False
    if isinstance(value, str):
        return rule.scan(value)
    if isinstance(value, dict):
        pairs = {key: _walk(rule, item, f"{path}.{key}" if path else key) for key, item in value.items()}
        return {key: item for key, (item, _) in pairs.items()}, any(hit for _, hit in pairs.values())
    if isinstance(value, list):
        items = [_walk(rule, item, path) for item in value]
        return [item for item, _ in items], any(hit for _, hit in items)
    return value, False


def read_group(document: Document) -> ScannerGroup | None:
    """From the API's group with its rules; None for one that is off or not for logs. Raises QueryError."""
    if not document.get("is_enabled") or "logs" not in (document.get("product_list") or ["logs"]):
        return None
    samplings = {item.get("product"): item.get("rate") for item in document.get("samplings") or []}
    rules = tuple(_rules(document.get("rules") or []))
    query = parse_query(str((document.get("filter") or {}).get("query") or "*"))
    return ScannerGroup(query, rules, float(samplings.get("logs") or 100) / 100)


def _rules(documents: Iterable[Document]) -> Iterable[ScannerRule]:
    """Rules that are on and have a pattern of their own; Datadog's standard patterns are not public."""
    for document in sorted(documents, key=lambda item: item.get("priority") or 0):
        if not document.get("is_enabled") or not document.get("pattern"):
            continue
        near = document.get("included_keyword_configuration") or {}
        try:
            pattern = regex.compile(str(document["pattern"]))
        except regex.error:
            continue
        yield ScannerRule(
            str(document.get("name", "")),
            pattern,
            _change(document.get("text_replacement") or {}),
            tuple(map(str, document.get("tags") or [])),
            tuple(document.get("namespaces") or []),
            tuple(document.get("excluded_namespaces") or []),
            tuple(str(word).lower() for word in near.get("keywords") or []),
            int(near.get("character_count") or _KEYWORD_DISTANCE),
        )


def _change(document: Document) -> Change | None:
    number = int(document.get("number_of_characters") or document.get("number_of_chars") or 0)
    text = str(document.get("replacement_string") or "")
    changes: dict[str, Change] = {
        "replacement_string": lambda _found: text,
        "hash": lambda found: hashlib.sha256(found.encode()).hexdigest()[:16],
        "partial_replacement_from_beginning": lambda found: "*" * min(number, len(found)) + found[number:],
        "partial_replacement_from_end": lambda found: (
            found[:-number] + "*" * min(number, len(found)) if number else found
        ),
    }
    return changes.get(str(document.get("type") or "none"))
