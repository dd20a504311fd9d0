"""From the tree of a search query to a function that says whether a log matches.

Attributes compare by number where value and bound are numbers, otherwise by text form; tags and official
fields are texts. Free text is looked up in the message only, word by word, in any case.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Iterator
from ipaddress import ip_address, ip_network
from typing import Any, Protocol

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT, find, split, text_of, values
from ddconf.pipelines.query.patterns import glob_pattern, word_patterns
from ddconf.pipelines.query.tree import (
    ANY,
    FULL_TEXT,
    RESERVED_FIELDS,
    All,
    And,
    Cidr,
    Compare,
    Exists,
    MissingField,
    Node,
    Not,
    Nothing,
    Operand,
    Or,
    Phrase,
    Range,
    Term,
    Wildcard,
)


class Searchable(Protocol):
    """What a query looks at: a Log, and a log on its way through a pipeline."""

    @property
    def message(self) -> str: ...
    @property
    def attributes(self) -> dict[str, JSON]: ...
    @property
    def tags(self) -> Iterable[str]: ...


Matcher = Callable[[Searchable], bool]
Test = Callable[[JSON], bool]

_NUMBERS = (int, float)
_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def matcher(node: Node) -> Matcher:
    """Compile the tree once, so that matching many logs is quick."""
    match node:
        case All():
            return lambda log: True
        case Nothing():
            return lambda log: False
        case Not(inner):
            negated = matcher(inner)
            return lambda log: not negated(log)
        case And(nodes):
            every = tuple(matcher(item) for item in nodes)
            return lambda log: all(match(log) for match in every)
        case Or(nodes):
            some = tuple(matcher(item) for item in nodes)
            return lambda log: any(match(log) for match in some)
        case Exists(field):
            return presence(field)
        case MissingField(field):
            present = presence(field)
            return lambda log: not present(log)
        case Wildcard(str() as field, pieces) if pieces == (ANY,):
            read = reader(field)
            return lambda log: any(True for _ in read(log))
        case Range(str() as field, None, None):
            return presence(field)
    return comparison(node)


def comparison(node: Term | Phrase | Wildcard | Compare | Range | Cidr) -> Matcher:
    if node.field is None or node.field == "message":
        return message_matcher(node)
    if node.field == FULL_TEXT:
        return full_text_matcher(node)
    test = value_test(node)
    if node.field.startswith("@"):
        return attribute_matcher(split(node.field[1:]), test)
    if node.field in RESERVED_FIELDS and isinstance(node, Term | Phrase):
        return reserved_matcher(node.field, node.text)
    read = reader(node.field)
    return lambda log: any(test(value) for value in read(log))


def reserved_matcher(field: str, text: str) -> Matcher:
    """Whether a reserved attribute, or the tag of its name, is this text."""
    tag = f"{field}:{text}"

    def match(log: Searchable) -> bool:
        value = getattr(log, field, None)
        return (value is not None and text_of(value) == text) or tag in log.tags

    return match


def attribute_matcher(path: tuple[str, ...], test: Test) -> Matcher:
    """Whether an attribute, or an element of a list, passes the test."""

    def match(log: Searchable) -> bool:
        value = find(log.attributes, path)
        if value.__class__ is list:
            return any(test(item) for item in values(value))
        return value is not ABSENT and value is not None and test(value)

    return match


def reader(field: str) -> Callable[[Searchable], Iterator[JSON]]:
    """The values of a field: an attribute's, an official field's, or a tag's and then the attribute's."""
    if field.startswith("@"):
        path = split(field[1:])
        return lambda log: values(find(log.attributes, path))
    if field == "tags":
        return lambda log: iter(log.tags)
    if field in RESERVED_FIELDS:
        return lambda log: official_values(log, field)
    path, prefix = split(field), f"{field}:"
    return lambda log: tag_values(log, prefix, path)


def official_values(log: Searchable, field: str) -> Iterator[JSON]:
    value = getattr(log, field, None)
    if value is not None:
        yield text_of(value)
    for tag in log.tags:
        if tag.startswith(f"{field}:"):
            yield tag[len(field) + 1 :]


def tag_values(log: Searchable, prefix: str, path: tuple[str, ...]) -> Iterator[JSON]:
    for tag in log.tags:
        if tag.startswith(prefix):
            yield tag[len(prefix) :]
    yield from values(find(log.attributes, path))


def presence(field: str) -> Matcher:
    """Whether the log has the field at all: a value, an object, or a bare tag."""
    read = reader(field)
    return lambda log: field in log.tags or any(True for _ in read(log))


def value_test(node: Term | Phrase | Wildcard | Compare | Range | Cidr) -> Test:
    match node:
        case Term(_, text) | Phrase(_, text):
            number = Operand(text).number
            return lambda value: text_of(value) == text or (is_number(value) and value == number)
        case Wildcard(_, pieces):
            pattern = re.compile(glob_pattern(pieces), re.DOTALL)
            return lambda value: pattern.fullmatch(text_of(value)) is not None
        case Compare(_, sign, bound):
            return compare(_OPERATORS[sign], bound)
        case Range(_, low, high, opening, closing):
            above = compare(operator.ge if opening == "[" else operator.gt, low)
            below = compare(operator.le if closing == "]" else operator.lt, high)
            if low and high and (opening, closing) == ("[", "]"):
                return between(low.number, high.number, lambda value: above(value) and below(value))
            return lambda value: above(value) and below(value)
        case Cidr(_, networks):
            return address_test(networks)


def between(low: float | None, high: float | None, otherwise: Test) -> Test:
    """A test for numbers from one to another; other values are left to another test."""
    if low is None or high is None:
        return otherwise
    return lambda value: low <= value <= high if value.__class__ in _NUMBERS else otherwise(value)


def is_number(value: JSON) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def compare(holds: Callable[[Any, Any], bool], bound: Operand | None) -> Test:
    """A test against one bound; None is an open end."""
    if bound is None:
        return lambda value: True
    number, text = bound.number, bound.text

    def test(value: JSON) -> bool:
        if number is not None and is_number(value):
            return holds(value, number)
        return holds(text_of(value), text)

    return test


def address_test(blocks: tuple[str, ...]) -> Test:
    networks = tuple(ip_network(block, strict=False) for block in blocks)

    def test(value: JSON) -> bool:
        try:
            address = ip_address(text_of(value))
        except ValueError:
            return False
        return any(address in network for network in networks)

    return test


def message_matcher(node: Term | Phrase | Wildcard | Compare | Range | Cidr) -> Matcher:
    """Free text: all words in any order, a phrase's words in a row, or a comparison of the whole message."""
    if isinstance(node, Compare | Range | Cidr):
        test = value_test(node)
        return lambda log: test(log.message)
    patterns = word_patterns(node)
    return lambda log: all(pattern.search(log.message) for pattern in patterns)


def full_text_matcher(node: Term | Phrase | Wildcard | Compare | Range | Cidr) -> Matcher:
    """Whether each word is in the message or in some attribute."""
    patterns = () if isinstance(node, Compare | Range | Cidr) else word_patterns(node)

    def match(log: Searchable) -> bool:
        texts = (log.message, *map(text_of, leaves(log.attributes)))
        return all(any(pattern.search(text) for text in texts) for pattern in patterns)

    return match


def leaves(value: JSON) -> Iterator[JSON]:
    """The values that hold no others."""
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)
    else:
        yield value
