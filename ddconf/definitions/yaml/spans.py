"""Find the exact place inside a value, for mistakes in a long text: `monitor.yaml:12:9`, not just its key.

Files are read again for it, so it is for mistakes only.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from ddconf.definitions.files import decode, read_bytes
from ddconf.definitions.yaml import nodes
from ddconf.definitions.yaml.nodes import Node
from ddconf.definitions.yaml.reader import as_yaml
from ddconf.definitions.yaml.syntax_errors import place
from ddconf.errors import DdconfError, Source


def find(source: Source | None, needle: str) -> Source | None:
    """Where `needle` first stands in the value whose key or item is at `source`; else `source`."""
    found = _value(source)
    if source is None or found is None:
        return source
    text, node = found
    offset = text.find(needle, node.start, node.end)
    return source if offset < 0 else place(text, offset, source.file)


def locate(source: Source | None, offset: int) -> Source | None:
    """The place of a character of the text whose key or item is at `source`; else where its value starts.

    `offset` counts in the text that the YAML stands for. A folded text and one with escapes have no exact
    places, so the start of the value stands for all of them.
    """
    found = _value(source)
    if source is None or found is None:
        return source
    text, node = found
    if node.style != "|":
        quote = len(node.style)
        simple = "\\" not in text[node.start : node.end] and "\n" not in text[node.start : node.end]
        inside = quote + offset if simple else 0
        return place(text, min(node.start + inside, node.end), source.file)
    header, *lines = text[node.start : node.end].replace("\r", "").split("\n")
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    start = place(text, node.start, source.file)
    for number, line in enumerate(lines, start.line + 1):
        width = max(len(line) - margin, 0)
        if offset <= width:
            return Source(source.file, number, min(margin, len(line)) + offset + 1)
        offset -= width + 1
    return replace(start, column=start.column + len(header))


def _value(source: Source | None) -> tuple[str, Node] | None:
    """The text of the file and the value that belongs to a key's or item's place."""
    if source is None:
        return None
    try:
        text, starts = _starts(source.file, Path(source.file).stat().st_mtime_ns)
    except (OSError, DdconfError):
        return None
    node = starts.get((source.line, source.column))
    return (text, node) if node else None


@lru_cache(maxsize=4)
def _starts(file: str, _changed: int) -> tuple[str, dict[tuple[int, int], Node]]:
    """The text of a file, and each key's or item's value by line and column."""
    text = as_yaml(decode(read_bytes(Path(file)), file), file)
    found: dict[tuple[int, int], Node] = {}
    waiting = nodes.read(text)
    while waiting:
        node = waiting.pop()
        for start, item in zip(node.keys or node.items, node.items, strict=True):
            if node.keys:
                found[start.line, start.column + 1] = item
            else:  # where a list's item starts, its first key may, too
                found.setdefault((start.line, start.column + 1), item)
        waiting += node.items
    return text, found
