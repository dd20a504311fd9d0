"""The remappers of official fields: status, service, message, trace id and span id.

https://docs.datadoghq.com/logs/log_configuration/processors/
"""

from __future__ import annotations

from collections.abc import Callable

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT, Segments, text_of
from ddconf.pipelines.draft import Draft
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.status import official_status
from ddconf.pipelines.trace import Reason, Report, applied


@processor("status-remapper")
def status_remapper(spec: Spec) -> Apply:
    return _remapper(spec, "status", official_status, keeps_source=True)


@processor("service-remapper")
def service_remapper(spec: Spec) -> Apply:
    return _remapper(spec, "service", text_of, keeps_source=True)


@processor("message-remapper")
def message_remapper(spec: Spec) -> Apply:
    return _remapper(spec, "message", text_of, keeps_source=False)


@processor("trace-id-remapper")
def trace_id_remapper(spec: Spec) -> Apply:
    return _remapper(spec, "trace_id", text_of, keeps_source=False, default=("dd.trace_id",))


@processor("span-id-remapper")
def span_id_remapper(spec: Spec) -> Apply:
    return _remapper(spec, "span_id", text_of, keeps_source=False, default=("dd.span_id",))


def first_source(draft: Draft, sources: tuple[Segments, ...]) -> tuple[Segments, JSON]:
    """The first source that has a value, and the value; ABSENT if there is none."""
    for path in sources:
        if (value := draft.read(path)) is not ABSENT:
            return path, value
    return (), ABSENT


def missing(sources: tuple[Segments, ...]) -> Report:
    """The report of a processor none of whose sources has a value."""
    names = ", ".join("@" + ".".join(path) for path in sources)
    return Report(Reason.NO_SOURCE, f"no value in {names}")


def _remapper(
    spec: Spec,
    field: str,
    convert: Callable[[JSON], str],
    keeps_source: bool,
    default: tuple[str, ...] = (),
) -> Apply:
    sources = spec.sources(default)
    none, late = missing(sources), Report(Reason.NOT_FIRST, f"an earlier remapper has set the {field}")

    def apply(draft: Draft) -> Report:
        path, value = first_source(draft, sources)
        if value is ABSENT:
            return none
        if field in draft.settled:
            return late
        draft.settled.add(field)
        draft.set_field(field, convert(value))
        if not keeps_source:
            draft.remove(path)
        return applied("@" + ".".join(path))

    return apply
