"""exclude-attribute: removes an attribute; official fields and tags cannot be removed.

https://docs.datadoghq.com/logs/log_configuration/processors/exclude_attribute_processor/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import ABSENT, find
from ddconf.pipelines.draft import Draft
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.query import OFFICIAL_FIELDS
from ddconf.pipelines.sources import unreadable
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import idle
from ddconf.pipelines.trace import APPLIED, Reason, Report


@processor("exclude-attribute")
def exclude_attribute(spec: Spec) -> Apply:
    name = spec.text("attribute_to_exclude")
    if name in OFFICIAL_FIELDS:
        spec.problem(
            f"the reserved attribute '{name}' cannot be excluded", "attribute_to_exclude", warning=True
        )
        return idle(Report(Reason.UNUSABLE, f"{name} is a reserved attribute"))
    path = spec.reading(name)

    def apply(draft: Draft) -> Report:
        if find(draft.attributes, path) is ABSENT:
            return unreadable(path, ABSENT)
        draft.remove(path)
        return APPLIED

    return apply
