"""YAML text as a tree of spans: where each key and value begins and ends; for edits in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from ddconf.definitions.yaml.reader import events


@dataclass(slots=True)
class Node:
    """A value in the text: from `start` up to `end`, blank lines and comments behind it excluded."""

    kind: str
    """scalar, alias, mapping or sequence."""
    start: int
    end: int
    line: int
    """From 1, as `column` is from 0."""
    column: int
    flow: bool = False
    """Whether it is written with brackets or braces."""
    style: str = ""
    """Of a scalar: `'`, `"`, `|`, `>`, or empty."""
    keys: list[Node] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    """The texts of `keys`."""
    items: list[Node] = field(default_factory=list)


def read(text: str) -> list[Node]:
    """The value of each document of a text that `yaml.load` has found right."""
    source = events(text)
    found = []
    while (event := source()).__class__ is not StreamEndEvent:
        if event.__class__ is DocumentStartEvent:
            found.append(_node(source(), source, text))
    return found


def _node(event: Any, source: Any, text: str) -> Node:
    mark = event.start_mark
    start, end = mark.index, event.end_mark.index
    where = (start, end, mark.line + 1, mark.column)
    if event.__class__ is AliasEvent:
        return Node("alias", *where)
    if event.__class__ is ScalarEvent:
        if event.style in ("|", ">"):
            end = start + len(text[start:end].rstrip(" \r\n"))  # a tab is text
        return Node("scalar", start, end, *where[2:], style=event.style or "")
    is_mapping = event.__class__ is MappingStartEvent
    node = Node("mapping" if is_mapping else "sequence", *where, flow=bool(event.flow_style))
    last: Any = MappingEndEvent if is_mapping else SequenceEndEvent
    while (event := source()).__class__ is not last:
        if is_mapping:
            node.keys.append(_node(event, source, text))
            node.names.append(event.value if event.__class__ is ScalarEvent else "")
            event = source()
        node.items.append(_node(event, source, text))
    node.end = event.end_mark.index if node.flow else max([end, *(item.end for item in node.items)])
    return node
