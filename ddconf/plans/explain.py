"""One changed value as small edits: items of a list that came, went, moved or changed, lines of a text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum

from ddconf.document import JSON, Path, get, parse_path
from ddconf.kind import Kind
from ddconf.plans.change import FieldChange
from ddconf.plans.diff import same
from ddconf.plans.pairs import identity_at, pair, pair_last
from ddconf.plans.rules import default_at

_NAMES = ("name", "title", "definition.title", "id", "key", "path", "label", "type")
_LABEL_LENGTH = 60


class EditKind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Edit:
    """One small difference. The path is that of the new value, of the old one for what is removed."""

    path: Path
    kind: EditKind
    before: JSON = None
    after: JSON = None
    label: str = ""
    """What a person calls the list item that this is about; for a move, also where it goes."""
    lines: tuple[str, ...] = ()
    """For a text of several lines: a unified diff without its head."""


def explain(kind: Kind, change: FieldChange, *, names: Mapping[str, str] | None = None) -> list[Edit]:
    """The edits inside a change of one field; `names` tells what ids stand for (see Change.names)."""
    return list(_Explanation(kind, names or {}).value(change.path, change.before, change.after, ""))


@dataclass(frozen=True, slots=True)
class _Explanation:
    kind: Kind
    names: Mapping[str, str]

    def value(self, path: Path, before: JSON, after: JSON, label: str) -> Iterator[Edit]:
        if before is None or after is None:
            # A default is dropped before comparing; for a person it is the value that holds.
            default = default_at(self.kind, path)
            before, after = (default if value is None else value for value in (before, after))
        if same(before, after):
            return
        if isinstance(before, dict) and isinstance(after, dict):
            for key in {**before, **after}:
                yield from self.value((*path, key), before.get(key), after.get(key), label)
        elif isinstance(before, list) and isinstance(after, list):
            yield from self._list(path, before, after, label)
        elif before is None:
            yield Edit(path, EditKind.ADDED, None, after, label)
        elif after is None:
            yield Edit(path, EditKind.REMOVED, before, None, label)
        elif isinstance(before, str) and isinstance(after, str) and "\n" in before.strip() + after.strip():
            yield Edit(path, EditKind.TEXT, before, after, label, text_diff(before, after))
        else:
            yield Edit(path, EditKind.CHANGED, before, after, label)

    def _list(self, path: Path, before: list[JSON], after: list[JSON], label: str) -> Iterator[Edit]:
        identity = identity_at(self.kind, path)
        pairs = pair(before, after, identity)
        if identity is None:
            pair_last(pairs, before, after)
        kept = set(pairs.values())
        for index, item in enumerate(before):
            if index not in pairs:
                yield Edit((*path, index), EditKind.REMOVED, item, None, self._label(item, identity))
        old = {new: index for index, new in pairs.items()}
        moved = _moved([old.get(index) for index in range(len(after))])
        for index, item in enumerate(after):
            name = self._label(item, identity)
            if index not in kept:
                yield Edit((*path, index), EditKind.ADDED, None, item, name)
                continue
            if index in moved:
                place = self._place(after, index, identity)
                yield Edit((*path, index), EditKind.MOVED, old[index], index, f"{name} moves {place}")
            yield from self.value((*path, index), before[old[index]], item, name or label)

    def _place(self, items: Sequence[JSON], index: int, identity: str | None) -> str:
        """Where an item is now, told by its neighbour."""
        if index + 1 < len(items):
            return f"before {self._label(items[index + 1], identity)}"
        return f"behind {self._label(items[index - 1], identity)}"

    def _label(self, item: JSON, identity: str | None) -> str:
        if not isinstance(item, dict | list):
            return self.names.get(str(item), _short(item))
        for name in (*([identity] if identity else []), *_NAMES):
            found = get(item, parse_path(name))
            if isinstance(found, str | int) and found != "":
                return self.names.get(str(found), _short(found))
        return ""


def _short(value: JSON) -> str:
    text = value if isinstance(value, str) else str(value)
    first = text.strip().split("\n")[0]
    return first if len(first) <= _LABEL_LENGTH else first[: _LABEL_LENGTH - 1] + "…"


def _moved(old: Sequence[int | None]) -> set[int]:
    """New indexes of the items that moved: as few as possible, the others keep their order.

    `old` gives the former index of each item, None for new ones.
    """
    ends: list[int] = []
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for index, was in enumerate(old):
        if was is None:
            continue
        length = bisect_left(ends, was)
        before[index] = tails[length - 1] if length else None
        ends[length : length + 1] = [was]
        tails[length : length + 1] = [index]
    stays: set[int] = set()
    index_ = tails[-1] if tails else None
    while index_ is not None:
        stays.add(index_)
        index_ = before[index_]
    return {index for index, was in enumerate(old) if was is not None and index not in stays}


def text_diff(before: str, after: str) -> tuple[str, ...]:
    """A unified diff of two texts without its first two lines."""
    lines = unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=2)
    return tuple(lines)[2:]
