"""Change single values of a definition in the text of its file: comments, order, quotes and anchors stay.

Used by `export` when an object was edited in Datadog and its definition exists already.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby, takewhile

from ddconf.address import Address
from ddconf.definitions.yaml import nodes, reader, write
from ddconf.definitions.yaml.nodes import Node
from ddconf.document import JSON, Document, Path, canonical, copy, drop, put
from ddconf.errors import DdconfError, Diagnostic

_BLANK_LINES = re.compile(r"(?:\n[ ]+(?=\n|\Z))+")
REMOVED = object()
"""The value of a key that goes."""


def update(text: str, file: str, address: Address, changes: Mapping[Path, JSON]) -> str:
    """The text with the values at some paths of one definition changed.

    Raises DdconfError where the definition is not in the text, or where it cannot be changed alone since
    others share its text (anchors, for_each).
    """
    documents = [value for value, _ in reader.load(text, file)]
    wanted = copy(documents)
    for index, value in enumerate(wanted):
        kinds = value.get(address.kind) if isinstance(value, dict) else None
        if isinstance(kinds, dict) and isinstance(body := kinds.get(address.name), dict):
            for path, new in changes.items():
                _change(body, path, new)
            if file.endswith(".json"):
                return "".join(json.dumps(value, indent=2, ensure_ascii=False) + "\n" for value in wanted)
            return _checked(text, file, address, documents, wanted, index)
    raise DdconfError(Diagnostic(f"'{address}' is not in {file}", hint="a for_each is changed by hand"))


def change(text: str, file: str, changes: Mapping[Path, JSON], document: int = 0) -> str:
    """The text with the values at some paths of one YAML document in it changed, whatever it holds.

    Raises DdconfError where an anchor shares what would change.
    """
    documents = [value for value, _ in reader.load(text, file)]
    wanted = copy(documents)
    for path, new in changes.items():
        _change(wanted[document], path, new)
    editor = _Editor(text)
    editor.edit(nodes.read(text)[document], documents[document], wanted[document], 0)
    edited = editor.text_after()
    if not _same([value for value, _ in reader.load(edited, file)], wanted):
        message = f"{file} cannot be changed in place"
        raise DdconfError(Diagnostic(message, hint="values share text by an anchor: change them by hand"))
    return edited


def remove(text: str, file: str, address: Address) -> str:
    """The text without one definition; empty where nothing would be left of it. Raises as `update`."""
    documents = [value for value, _ in reader.load(text, file)]
    for index, value in enumerate(documents):
        kinds = value.get(address.kind) if isinstance(value, dict) else None
        if not isinstance(kinds, dict) or address.name not in kinds:
            continue
        path: Path = (address.kind, address.name) if len(kinds) > 1 else (address.kind,)
        if len(path) == 1 and len(value) == 1:
            if all(other is None for other in (*documents[:index], *documents[index + 1 :])):
                return ""
            message = f"'{address}' stands alone in one of several YAML documents of {file}"
            raise DdconfError(Diagnostic(message, hint="remove that document by hand"))
        if file.endswith(".json"):
            drop(value, path)
            return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
        return change(text, file, {path: REMOVED}, index)
    raise DdconfError(Diagnostic(f"'{address}' is not in {file}", hint="a for_each is changed by hand"))


def _change(body: Document, path: Path, new: JSON) -> None:
    if new is REMOVED:
        drop(body, path)
    else:
        put(body, path, new)


def _checked(
    text: str, file: str, address: Address, documents: list[JSON], wanted: list[JSON], index: int
) -> str:
    """The edited text, read again to be sure of it; at worst the definition is written anew."""
    node = nodes.read(text)[index]
    whole = copy(documents[index])
    whole[address.kind][address.name] = None  # unlike any definition, so it is replaced as one
    for before in (documents[index], whole):
        editor = _Editor(text)
        editor.edit(node, before, wanted[index], 0)
        edited = editor.text_after()
        try:
            if _same([value for value, _ in reader.load(edited, file)], wanted):
                return edited
        except DdconfError:
            continue
    message = f"'{address}' cannot be changed alone in {file}"
    raise DdconfError(Diagnostic(message, hint="it shares text with others by an anchor: change it by hand"))


@dataclass
class _Editor:
    """Collects what replaces which part of the text."""

    text: str
    splices: list[tuple[int, int, str]] = field(default_factory=list)

    def text_after(self) -> str:
        text = self.text
        for start, end, new in sorted(self.splices, reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def edit(self, node: Node, old: JSON, new: JSON, column: int, *, flow: bool = False) -> None:
        """Make the value of a node `new`; `column` is that of its key or dash, `flow` if inside brackets."""
        if _same(old, new):
            return
        inner = flow or node.flow
        if node.kind == "mapping" and isinstance(old, dict) and isinstance(new, dict) and old and new:
            if inner and not old.keys() & new.keys():  # within brackets nothing would be left to add behind
                self.replace(node, new, column, flow)
            else:
                self.mapping(node, old, new, inner)
        elif node.kind == "sequence" and isinstance(old, list) and isinstance(new, list) and old and new:
            self.sequence(node, old, new, inner)
        else:
            self.replace(node, new, column, flow)

    def mapping(self, node: Node, old: Document, new: Document, flow: bool) -> None:
        """Keys that `<<` brings stand in `old`, not in the text: one that changes is added, and wins."""
        gone = [index for index, key in enumerate(node.names) if key in old and key not in new]
        for first, last in _runs(gone):
            self.remove(node, first, last, flow)
        for key, name, item in zip(node.keys, node.names, node.items, strict=True):
            if name in old and name in new:
                self.edit(item, old[name], new[name], key.column, flow=flow)
        added = {
            key: item
            for key, item in new.items()
            if key not in node.names and not (key in old and _same(old[key], item))
        }
        if added:
            lines = write.flow(added)[1:-1] if flow else write.below(added, node.keys[0].column)
            self.insert(node.items[-1].end, lines, flow)

    def sequence(self, node: Node, old: list[JSON], new: list[JSON], flow: bool) -> None:
        """Equal items at both ends stay; between them items are changed, then removed or added."""
        first = _common(old, new)
        last = min(_common(old[::-1], new[::-1]), min(len(old), len(new)) - first)
        both = min(len(old), len(new)) - last
        for index in range(first, both):
            self.edit(node.items[index], old[index], new[index], node.column, flow=flow)
        if both < len(old) - last:
            self.remove(node, both, len(old) - last - 1, flow)
        added = new[both : len(new) - last]
        if added:
            lines = write.flow(added)[1:-1] if flow else write.below(added, node.column)
            if both:
                self.insert(node.items[both - 1].end, lines, flow)
            else:
                self.insert_first(node, lines, flow)

    def insert(self, after: int, lines: str, flow: bool) -> None:
        """Something behind an offset, within brackets or as lines of its own."""
        end = self.line_end(after)
        if flow:
            self.splices.append((after, after, f", {lines}"))
        elif end == len(self.text):
            self.splices.append((end, end, f"\n{lines}"))
        else:
            self.splices.append((end + 1, end + 1, lines))

    def insert_first(self, node: Node, lines: str, flow: bool) -> None:
        start = node.items[0].start if flow else node.start
        self.splices.append((start, start, f"{lines}, " if flow else lines.lstrip() + " " * node.column))

    def remove(self, node: Node, first: int, last: int, flow: bool) -> None:
        """Keys with their values, or items with their dashes, from the first to the last."""
        parts = node.keys or node.items
        start, end = parts[first].start, node.items[last].end
        following = parts[last + 1].start if last + 1 < len(parts) else None
        if node.kind == "sequence" and not flow:
            start = self.text.rindex("-", 0, start + 1)
            following = self.text.rindex("-", 0, following + 1) if following else None
        line = self.text.rfind("\n", 0, start) + 1
        if not flow and not self.text[line:start].strip():
            self.splices.append((line, self.line_end(end) + 1, ""))
        elif following is not None:  # inside brackets or behind a dash: what follows moves up
            self.splices.append((start, following, ""))
        else:
            self.splices.append((node.items[first - 1].end, end, ""))

    def replace(self, node: Node, new: JSON, column: int, flow: bool) -> None:
        start = node.start
        space = "" if self.text[start - 1 : start] in ("", " ", "\n", "[", "{") else " "
        rest = self.text[node.end : self.line_end(node.end)].strip()
        key = self.text[:start].rstrip()
        if node.items and key.endswith((":", "-")) and not (isinstance(new, dict | list) and new):
            start, space = len(key), " "  # back to the line of the key or dash, unless a comment is between
        if flow or (node.flow and node.items and isinstance(new, dict | list)):
            text = write.flow(new)
        elif isinstance(new, dict | list) and new:
            start = len(self.text[:start].rstrip(" "))
            space, text = "\n", write.below(new, column + 2).removesuffix("\n")
        elif isinstance(new, str):
            block = None if rest or new.endswith("\n\n") else write.block(new, " " * column)
            text = block.removesuffix("\n") if block else _like(node, new)
        else:
            text = write.scalar(new)
        end = node.end
        if (blank := _BLANK_LINES.match(self.text, self.line_end(end))) and not rest:
            end = blank.end()  # lines of blanks alone, which a new block would take for its own
        self.splices.append((start, end, space + text))

    def line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        return len(self.text) if end < 0 else end


def _like(node: Node, text: str) -> str:
    """A text on one line, in double quotes if it was so before."""
    return write.quoted(text) if node.style == '"' else write.scalar(text)


def _same(one: JSON, other: JSON) -> bool:
    return canonical(one) == canonical(other)


def _common(one: list[JSON], other: list[JSON]) -> int:
    """How many items are equal from the start."""
    return sum(1 for _ in takewhile(lambda pair: _same(*pair), zip(one, other, strict=False)))


def _runs(indexes: list[int]) -> Iterator[tuple[int, int]]:
    """[1, 2, 5] -> (1, 2), (5, 5)."""
    for _, run in groupby(enumerate(indexes), lambda pair: pair[1] - pair[0]):
        found = [index for _, index in run]
        yield found[0], found[-1]
