"""A search query of logs against one log: enough of the language to find what a test sent in.

Words, quoted phrases, `field:value`, wildcards, comparisons, ranges, AND, OR, NOT, `-` and parentheses.
https://docs.datadoghq.com/logs/explorer/search_syntax/
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fnmatch import translate
from typing import Any

from ddconf.emulator.wire import Document, texts

Test = Callable[[Document], bool]

_TOKEN = re.compile(r'\s*(\(|\)|-(?=[^\s)])|(?:[^\s()":]+:)?(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^\s()"]+))')
_RESERVED = ("host", "service", "status", "message")


def compiled(query: str) -> Test:
    """What tells whether a log matches; a query that cannot be read is refused."""
    tokens = _TOKEN.findall(query)
    if _TOKEN.sub("", query).strip():
        raise texts(400, f"Query parsing error: {query!r}")
    test, rest = _either(tokens or ["*"])
    if rest:
        raise texts(400, f"Query parsing error: unexpected {rest[0]!r}")
    return test


def _either(tokens: list[str]) -> tuple[Test, list[str]]:
    first, tokens = _every(tokens)
    if not tokens or tokens[0] != "OR":
        return first, tokens
    second, tokens = _either(tokens[1:])
    return lambda log: first(log) or second(log), tokens


def _every(tokens: list[str]) -> tuple[Test, list[str]]:
    first, tokens = _one(tokens)
    if not tokens or tokens[0] in (")", "OR"):
        return first, tokens
    second, tokens = _every(tokens[1:] if tokens[0] == "AND" else tokens)
    return lambda log: first(log) and second(log), tokens


def _one(tokens: list[str]) -> tuple[Test, list[str]]:
    if not tokens or tokens[0] in (")", "AND", "OR"):
        raise texts(400, "Query parsing error: a term is missing")
    token, tokens = tokens[0], tokens[1:]
    if token in ("-", "NOT"):
        inner, tokens = _one(tokens)
        return lambda log: not inner(log), tokens
    if token == "(":
        inner, tokens = _either(tokens)
        if tokens[:1] != [")"]:
            raise texts(400, "Query parsing error: a parenthesis is not closed")
        return inner, tokens[1:]
    return _term(token), tokens


def _term(token: str) -> Test:
    field, colon, value = token.partition(":") if not token.startswith('"') else ("", "", token)
    if not colon:
        field, value = "", token
    wanted = _wanted(value)
    return lambda log: any(wanted(found) for found in _values(log, field))


def _wanted(value: str) -> Callable[[Any], bool]:
    if bounds := re.fullmatch(r"\[\s*(\S+)\s+TO\s+(\S+)\s*\]", value):
        low, high = bounds[1], bounds[2]
        return lambda found: _compares(found, ">=", low) and _compares(found, "<=", high)
    if comparison := re.fullmatch(r"(<=|>=|<|>)(.+)", value):
        return lambda found: _compares(found, comparison[1], comparison[2])
    pattern = re.compile(translate(value.strip('"').lower()))
    return lambda found: pattern.match(str(found).lower()) is not None


def _compares(found: Any, sign: str, bound: str) -> bool:
    try:
        left, right = float(found), float(bound)
    except (TypeError, ValueError):
        return bound == "*"
    return {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}[sign]


def _values(log: Document, field: str) -> list[Any]:
    """What a log has in a field; without a field its message, whole and by words."""
    if not field:
        message = str(log.get("message", ""))
        return ["", message, *re.findall(r"[\w.-]+", message)]
    if field.startswith("@"):
        return values_at(log.get("attributes", {}), field[1:])
    tags = [tag.partition(":")[2] for tag in log.get("tags", []) if tag.partition(":")[0] == field]
    return tags + ([log[field]] if field in _RESERVED and field in log else [])


def values_at(attributes: Any, path: str) -> list[Any]:
    """The value at a dotted path, or those of the list there."""
    found = attributes
    for key in path.split("."):
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, list) else [] if found is None else [found]
