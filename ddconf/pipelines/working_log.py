"""A log on its way through the pipelines: what processors read and write, with a record of the changes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ddconf.document import JSON, Path, copy
from ddconf.pipelines.attributes import ABSENT, Absent, Segments, drop, find, has_key_within, put
from ddconf.pipelines.log import Log
from ddconf.pipelines.trace import LogChange, ProcessorReport, Step

_ROOT = "custom"
"""Datadog's own name of the object with all attributes: its pipelines read `type` as `custom.type` too."""


class MutableLog:
    """A mutable copy of a log; with `traced`, changes and steps are kept."""

    __slots__ = (
        "assigned_fields",
        "attributes",
        "changes",
        "host",
        "message",
        "service",
        "source",
        "span_id",
        "status",
        "steps",
        "tags",
        "timestamp",
        "trace_id",
    )

    def __init__(self, log: Log, traced: bool = True) -> None:
        self.message, self.tags = log.message, list(log.tags)
        self.attributes: dict[str, JSON] = copy(log.attributes) if log.attributes else {}
        self.status, self.service, self.source, self.host = log.status, log.service, log.source, log.host
        self.timestamp, self.trace_id, self.span_id = log.timestamp, log.trace_id, log.span_id
        self.assigned_fields: set[str] = set()
        self.changes: list[LogChange] | None = [] if traced else None
        self.steps: list[Step] | None = [] if traced else None

    def freeze(self) -> Log:
        """The log as it is now."""
        return Log(
            self.message,
            self.attributes,
            tuple(self.tags),
            self.status,
            self.service,
            self.source,
            self.host,
            self.timestamp,
            self.trace_id,
            self.span_id,
        )

    def freeze_without_attributes(self) -> Log:
        """The log as it is now for a copy that brings its own attributes."""
        return replace(self.freeze(), attributes={})

    def read(self, path: Segments) -> JSON | Absent:
        """The attribute's value; null counts as no value."""
        value: JSON = self.attributes
        for key in path:  # most paths lead through objects alone
            if value.__class__ is not dict or (value := value.get(key, ABSENT)) is ABSENT:
                return self._read_odd(path)
        return ABSENT if value is None else value

    def _read_odd(self, path: Segments) -> JSON | Absent:
        """Like `read`, where the path leads to nothing, or through lists and keys with dots."""
        value = find(self.attributes, path)
        if value is ABSENT and path[0] == _ROOT and path[1:]:
            value = find(self.attributes, path[1:])
        return ABSENT if value is None else value

    def write(self, path: Segments, value: JSON) -> None:
        """Set the attribute; the value is copied, so that no two attributes share a list or an object."""
        self.write_new(path, copy(value))

    def write_new(self, path: Segments, value: JSON) -> None:
        """Set the attribute to a value that nothing else holds."""
        if self.changes is not None:
            self._note("@" + ".".join(path), find(self.attributes, path), value)
        put(self.attributes, path, value)

    def remove(self, path: Segments) -> None:
        """Remove the attribute, and the objects around it that became empty."""
        if path[0] == _ROOT and path[1:] and find(self.attributes, path) is ABSENT:
            path = path[1:]
        if self.changes is not None:
            self._note("@" + ".".join(path), find(self.attributes, path), ABSENT)
        drop(self.attributes, path)

    def merge(self, values: dict[str, JSON]) -> None:
        """Merge objects, which nothing else holds, into objects; any other value replaces what was there."""
        attributes = self.attributes
        if not attributes and self.changes is None:
            self.attributes = values
            return
        for key, value in values.items():
            if self.changes is None and key not in attributes and not has_key_within(attributes, key):
                attributes[key] = value
            else:
                self._merge_at((key,), value)

    def _merge_at(self, path: Segments, value: JSON) -> None:
        if value and isinstance(value, dict) and self._takes_members(path):
            for key, item in value.items():
                self._merge_at((*path, key), item)
        else:
            self.write_new(path, value)

    def _takes_members(self, path: Segments) -> bool:
        present = find(self.attributes, path)
        return present is ABSENT or isinstance(present, dict)

    def set_field(self, field: str, value: Any) -> None:
        """Set a reserved attribute."""
        if self.changes is not None:
            before = getattr(self, field)
            self._note(field, ABSENT if before is None else before, value)
        setattr(self, field, value)

    def add_tag(self, tag: str) -> None:
        if tag not in self.tags:
            before = list(self.tags)
            self.tags.append(tag)
            if self.changes is not None:
                self._note("tags", before, list(self.tags))

    def remove_tag(self, tag: str) -> None:
        before = list(self.tags)
        self.tags.remove(tag)
        if self.changes is not None:
            self._note("tags", before, list(self.tags))

    def note_step(self, position: int, path: Path, type: str, name: str, report: ProcessorReport) -> None:
        """Record a finished step with the changes since the last one, before the steps of its children."""
        if self.steps is not None and self.changes is not None:
            self.steps.insert(position, Step(path, type, name, report, tuple(self.changes)))
            self.changes.clear()

    def _note(self, place: str, before: JSON | Absent, after: JSON | Absent) -> None:
        if self.changes is None or before is after is ABSENT:
            return
        before = before if before is ABSENT else copy(before)
        self.changes.append(LogChange(place, before, after if after is ABSENT else copy(after)))
