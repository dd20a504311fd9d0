"""What the remappers of official fields have in common; each has its own file in `processors/`.

https://docs.datadoghq.com/logs/log_configuration/processors/
"""

from __future__ import annotations

from collections.abc import Callable

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.draft import Draft
from ddconf.pipelines.processors import Apply
from ddconf.pipelines.sources import first_source, missing
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.trace import Reason, Report, applied


def remap_official(
    spec: Spec,
    field: str,
    convert: Callable[[JSON], str],
    keeps_source: bool,
    default: tuple[str, ...] = (),
) -> Apply:
    """What sets an official field, by the first of all such remappers whose source has a value."""
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
