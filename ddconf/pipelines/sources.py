"""The sources of a processor: the first attribute of several that has a value."""

from __future__ import annotations

from collections.abc import Mapping

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT, Segments
from ddconf.pipelines.trace import ProcessorReport, Reason, applied
from ddconf.pipelines.working_log import MutableLog


def first_source(
    log: MutableLog, sources: tuple[Segments, ...], *, empty_counts: bool = True
) -> tuple[Segments, JSON]:
    """The first source that has a value, and the value; ABSENT if there is none."""
    for path in sources:
        value = log.read(path)
        if value is not ABSENT and (value or empty_counts or value != ""):
            return path, value
    return (), ABSENT


def by_source(sources: tuple[Segments, ...]) -> Mapping[Segments, ProcessorReport]:
    """The report of a processor that went by a source, for each of its sources."""
    return {path: applied("@" + ".".join(path)) for path in sources}


def missing(sources: tuple[Segments, ...]) -> ProcessorReport:
    """The report of a processor none of whose sources has a value."""
    names = ", ".join("@" + ".".join(path) for path in sources)
    return ProcessorReport(Reason.NO_SOURCE, f"no value in {names}")


def unreadable(path: Segments, value: JSON, wanted: str = "value") -> ProcessorReport:
    """The report of a processor whose only source is missing, or not the text or list that it wants."""
    name = "@" + ".".join(path)
    if value is ABSENT:
        return ProcessorReport(Reason.NO_SOURCE, f"{name} is missing")
    return ProcessorReport(Reason.UNUSABLE, f"{name} is no {wanted}")
