"""Where each key and item of a parsed document was written, kept small: one number per node until asked.

The marks of a value are in the order in which its nodes are met: for each key or item its own mark, then
those of what lies below it. Only a lookup turns them into a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ddconf.document import JSON, Packed, Path, unpack
from ddconf.errors import Source

_SHIFT = 32
_COLUMN = (1 << _SHIFT) - 1


def mark(line: int, column: int) -> int:
    """A mark: line and column, both from 0, in one number."""
    return line << _SHIFT | column


def size(value: JSON) -> int:
    """How many keys and items lie below a value, which is also how many marks."""
    if isinstance(value, dict):
        return len(value) + sum(size(item) for item in value.values() if item.__class__ in (dict, list))
    if isinstance(value, list):
        return len(value) + sum(size(item) for item in value if item.__class__ in (dict, list))
    return 0


def spans(mapping: dict[str, JSON], start: int, end: int) -> Iterator[tuple[str, JSON, int, int]]:
    """Each key and value of a mapping, and from where to where their marks go among its own."""
    start += 1
    for index, (key, value) in enumerate(mapping.items(), 1):
        stop = end if index == len(mapping) else start + 1 + size(value)
        yield key, value, start, stop
        start = stop


class Positions(Mapping[Path, Source]):
    """The place of every path of `value`, which may be packed; `()` is the value's own.

    `value` must not be changed.
    """

    __slots__ = ("_file", "_marks", "_table", "_value")

    def __init__(self, file: str, value: JSON, marks: Sequence[int]) -> None:
        self._file, self._value, self._marks = file, value, marks
        self._table: dict[Path, Source] | None = None

    def __getitem__(self, path: Path) -> Source:
        if path:
            return self._all()[path]
        return self._source(self._marks[0])

    def __iter__(self) -> Iterator[Path]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def below(self) -> Iterator[tuple[str, JSON, Positions]]:
        """Each key of a mapping with its value and the positions of that value; see `parsed.Body`."""
        for key, value, start, stop in spans(self._value, 0, len(self._marks)):
            if value.__class__ is tuple:
                body, marks = value
                yield key, body, Positions(self._file, body, memoryview(marks).cast("Q"))
            else:
                yield key, value, Positions(self._file, value, self._marks[start:stop])

    def _source(self, mark: int) -> Source:
        return Source(self._file, (mark >> _SHIFT) + 1, (mark & _COLUMN) + 1)

    def _all(self) -> dict[Path, Source]:
        if self._table is None:
            value = unpack(self._value) if isinstance(self._value, Packed) else self._value
            places = map(self._source, self._marks)
            self._table = dict(zip(_paths(value, ()), places, strict=True))
        return self._table


def _paths(value: JSON, path: Path) -> Iterator[Path]:
    yield path
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _paths(item, (*path, index))
