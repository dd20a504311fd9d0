"""Does a series lie in the scope of a query?

https://docs.datadoghq.com/metrics/advanced-filtering/
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from ddconf.queries.tree import Everything, In, ScopeAnd, ScopeNode, ScopeNot, ScopeOr, Tag

Tags = Mapping[str, Sequence[str]]
"""The values of each key; a tag without a value has the empty one."""


def matches(scope: ScopeNode, tags: Tags) -> bool:
    match scope:
        case Everything():
            return True
        case Tag():
            return _has(scope, tags)
        case In(key, values, negated):
            found = any(_fits(value, own) for value in values for own in tags.get(key.lower(), ()))
            return found is not negated
        case ScopeNot(inner):
            return not matches(inner, tags)
        case ScopeAnd(nodes):
            return all(matches(node, tags) for node in nodes)
        case ScopeOr(nodes):
            return any(matches(node, tags) for node in nodes)
    raise AssertionError(scope)


def _has(tag: Tag, tags: Tags) -> bool:
    if not tag.key:
        return tag.text == "*" or any(_fits(tag.text, key) for key in tags)
    return any(_fits(tag.value, value) for value in tags.get(tag.key.lower(), ()))


def _fits(pattern: str, text: str) -> bool:
    pattern = pattern.strip().lower()
    return _pattern(pattern).fullmatch(text) is not None if "*" in pattern else pattern == text


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in text.split("*")), re.DOTALL)
