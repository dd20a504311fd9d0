"""Metrics of version 3, as current Agents send them: one column for each field of all series.

Names, tags and the like stand once in dictionaries and are referred to by number, from 1, written as the
difference to the number before.
https://github.com/DataDog/agent-payload/blob/master/proto/metrics/intake_v3.proto
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import TypeVar

from ddconf.living.intake.protobuf import (
    Fields,
    floats,
    messages,
    read_fields,
    read_varint,
    signed,
    texts,
    varints,
    zigzags,
)
from ddconf.living.series import Kind, MetricSeries, metric_name, metric_tags
from ddconf.living.sketch import Sketch

_KINDS: dict[int, Kind] = {1: "count", 2: "rate", 3: "gauge", 4: "distribution"}
_ZERO, _SINT64, _FLOAT32, _FLOAT64 = 0x00, 0x10, 0x20, 0x30
_HAS_UNIT = 0x200

Resource = tuple[str, str]
Number = TypeVar("Number", int, float)


def read_v3(body: bytes) -> list[MetricSeries]:
    """A `Payload`; raises ValueError or LookupError for one whose columns do not fit together."""
    payload = read_fields(body)
    tags: list[str] = []
    resources: list[Resource] = []
    for metadata in messages(payload.get(2)):
        tags += texts(metadata.get(1))
        named = texts(metadata.get(2))
        resources += zip(named[::2], named[1::2], strict=True)
    return [
        series for data in messages(payload.get(3)) for series in _Columns(data, tags, resources).series()
    ]


class _Columns:
    """The columns of one `MetricData`, each read from its beginning to its end."""

    def __init__(self, data: Fields, tags: list[str], resources: list[Resource]) -> None:
        self._tags, self._resources = tags, resources
        self._names = _strings(data, 1)
        self._tagsets = _tagsets(list(zigzags(data.get(3, []))), _strings(data, 2))
        self._resource_sets = _resource_sets(data, _strings(data, 4))
        self._units = _strings(data, 25)
        self._types = list(varints(data.get(10, [])))
        self._name_refs, self._tagset_refs, self._resource_refs = (
            _references(data, column) for column in (11, 12, 13)
        )
        self._unit_refs = _references(data, 26)
        self._intervals, self._lengths = varints(data.get(14, [])), varints(data.get(15, []))
        self._times = accumulate(zigzags(data.get(16, [])))
        self._values: dict[int, Iterator[float]] = {
            _SINT64: zigzags(data.get(17, [])),
            _FLOAT32: iter(floats(data.get(18, []), "f")),
            _FLOAT64: iter(floats(data.get(19, []), "d")),
        }
        self._bin_numbers = varints(data.get(20, []))
        self._bin_keys, self._bin_counts = zigzags(data.get(21, [])), varints(data.get(22, []))
        flagged = sum(1 for packed in self._types if packed & _HAS_UNIT)
        self._units_are_sparse = len(list(zigzags(data.get(26, [])))) == flagged

    def series(self) -> Iterator[MetricSeries]:
        for packed in self._types:
            kind = _KINDS.get(packed & 0x0F, "gauge")
            name = self._names[_next(self._name_refs)]
            tags = self._tagsets[next(self._tagset_refs, 0)]
            own = self._resource_sets[next(self._resource_refs, 0)]
            unit = self._unit(packed)
            interval, length = next(self._intervals, 0), _next(self._lengths)
            points = tuple(self._point(kind, packed & 0xF0) for _ in range(length))
            resources = dict([*self._resources, *own])
            device = [f"device:{resources['device']}"] if resources.get("device") else []
            yield MetricSeries(
                metric_name(name),
                kind,
                points,
                metric_tags([*tags, *self._tags, *device]),
                resources.get("host", ""),
                interval,
                unit,
            )

    def _unit(self, packed: int) -> str:
        """References to units are there for all series, or only for those whose flag says so."""
        flagged = bool(packed & _HAS_UNIT)
        reference = next(self._unit_refs, 0) if flagged or not self._units_are_sparse else 0
        return self._units[reference] if flagged else ""

    def _point(self, kind: Kind, value_type: int) -> tuple[int, float | Sketch]:
        moment = _next(self._times)
        if kind != "distribution":
            return moment, float(self._value(value_type))
        total, low, high = (float(self._value(value_type)) for _ in range(3))
        count = int(_next(self._values[_SINT64]))
        length = _next(self._bin_numbers)
        keys = accumulate([_next(self._bin_keys) for _ in range(length)])
        bins = {key: _next(self._bin_counts) for key in list(keys)}
        return moment, Sketch(count, low, high, total, dict(sorted(bins.items())))

    def _value(self, value_type: int) -> float:
        """Where all values are zero, none is written."""
        return 0.0 if value_type == _ZERO else _next(self._values[value_type])


def _next(column: Iterator[Number]) -> Number:
    for value in column:
        return value
    raise ValueError("a column is too short")


def _references(data: Fields, column: int) -> Iterator[int]:
    return accumulate(zigzags(data.get(column, [])))


def _strings(data: Fields, column: int) -> list[str]:
    """A dictionary of texts, each with its length before it; number 0 is the empty text."""
    found = [""]
    for packed in data.get(column, []):
        if not isinstance(packed, bytes):
            raise ValueError("a dictionary must be bytes")
        position = 0
        while position < len(packed):
            length, position = read_varint(packed, position)
            if position + length > len(packed):
                raise ValueError("a text breaks off")
            found.append(packed[position : position + length].decode("utf-8", "replace"))
            position += length
    return found


def _tagsets(packed: list[int], tags: list[str]) -> list[list[str]]:
    """Sets of tags, each a length and references; a negative one puts in a whole set from before."""
    found: list[list[str]] = [[]]
    position = 0
    while position < len(packed):
        end = position + 1 + packed[position]
        if end > len(packed) or end <= position:
            raise ValueError("a set of tags breaks off")
        members: list[str] = []
        for reference in accumulate(packed[position + 1 : end]):
            members += found[-reference] if reference < 0 else [tags[reference]]
        found.append(members)
        position = end
    return found


def _resource_sets(data: Fields, names: list[str]) -> list[list[Resource]]:
    """Sets of resources; their references start anew in each set."""
    lengths: Iterable[int] = map(signed, varints(data.get(5, [])))
    types, values = iter(zigzags(data.get(6, []))), iter(zigzags(data.get(7, [])))
    found: list[list[Resource]] = [[]]
    for length in lengths:
        kinds = accumulate([_next(types) for _ in range(length)])
        labels = accumulate([_next(values) for _ in range(length)])
        found.append([(names[kind], names[label]) for kind, label in zip(kinds, labels, strict=True)])
    return found
