"""One changed value as small edits: items of a list that came, went, moved or changed, lines of a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from enum import StrEnum

from ddconf.document import JSON, Path, get, parse_path
from ddconf.kind import Kind
from ddconf.plans.change import FieldChange
from ddconf.plans.explain.deepdiff_values import KeyPath, differing
from ddconf.plans.explain.list_items import Item, align, keys_of, moves
from ddconf.plans.pair_items import identity_at
from ddconf.plans.rules import default_at
from ddconf.plans.three_way import same

_NAMES = (
    "name",
    "title",
    "definition.title",
    "definition.type",
    "id",
    "key",
    "path",
    "label",
    "type",
)
_PARTS = frozenset(("requests", "queries", "formulas", "conditional_formats", "markers"))
"""Lists whose items a person knows by what holds them: the query of a widget."""
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
class Found:
    """The places of what changed, and of all that has changes or moves in it."""

    changed: set[KeyPath]
    above: set[KeyPath]

    @classmethod
    def of(cls, changed: set[KeyPath], moved: Iterable[KeyPath]) -> Found:
        lengths = ((place, length) for place in (*changed, *moved) for length in range(1, len(place) + 1))
        return cls(changed, {place[:length] for place, length in lengths})


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
        if isinstance(before, dict | list) and type(before) is type(after):
            yield from self._nested(path, before, after, label)
        elif before is None:
            yield Edit(path, EditKind.ADDED, None, after, label)
        elif after is None:
            yield Edit(path, EditKind.REMOVED, before, None, label)
        elif isinstance(before, str) and isinstance(after, str) and "\n" in before.strip() + after.strip():
            yield Edit(path, EditKind.TEXT, before, after, label, text_diff(before, after))
        else:
            yield Edit(path, EditKind.CHANGED, before, after, label)

    def _nested(self, path: Path, before: JSON, after: JSON, label: str) -> Iterator[Edit]:
        """Which item of a list is which, and what moved, is ours to say; where they differ, DeepDiff says."""
        left, right = align(self.kind, path, before, after)
        return self._below(Found.of(differing(left, right), moves(right)), (), path, (left, right), label)

    def _below(
        self, found: Found, place: KeyPath, path: Path, both: tuple[JSON, JSON], label: str
    ) -> Iterator[Edit]:
        left, right = both
        for key in keys_of(left, right):
            before, after, within = left.get(key), right.get(key), (*place, key)
            inner, name = (*path, key), label
            if isinstance(key, Item):
                own = self._label(before if key.new is None else after, identity_at(self.kind, path))
                if key.new is None:
                    yield Edit(
                        (*path, key.old or 0),
                        EditKind.REMOVED,
                        before,
                        None,
                        _named(path, label, own, before),
                    )
                    continue
                inner, name = (*path, key.new), _within(path, label, own)
                if key.old is None:
                    yield Edit(inner, EditKind.ADDED, None, after, _named(path, label, own, after))
                    continue
                if key.is_moved:
                    where = f"{name} moves {self._beside(key.new, list(right.values()), path)}"
                    yield Edit(inner, EditKind.MOVED, key.old, key.new, where)
            if within in found.changed:
                yield from self.value(inner, before, after, name)
            elif within in found.above:
                yield from self._below(found, within, inner, (before, after), name)

    def _beside(self, index: int, items: Sequence[JSON], path: Path) -> str:
        """Where an item is now, told by its neighbour."""
        identity = identity_at(self.kind, path)
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


def _named(path: Path, holder: str, own: str, item: JSON) -> str:
    """What an item that comes or goes is called; a plain value by itself."""
    return _within(path, holder, own) if isinstance(item, dict | list) else own


def _within(path: Path, holder: str, own: str) -> str:
    """`Network > Traffic` for a widget in a group; parts of a widget go by the widget's name alone."""
    if not holder or not own:
        return holder or own
    around = next((step for step in reversed(path) if isinstance(step, str)), "")
    return holder if around in _PARTS else f"{holder} > {own}"


def _short(value: JSON) -> str:
    text = value if isinstance(value, str) else str(value)
    first = text.strip().split("\n")[0]
    return first if len(first) <= _LABEL_LENGTH else first[: _LABEL_LENGTH - 1] + "…"


def text_diff(before: str, after: str) -> tuple[str, ...]:
    """A unified diff of two texts without its first two lines."""
    lines = unified_diff(before.split("\n"), after.split("\n"), lineterm="", n=2)
    return tuple(lines)[2:]
