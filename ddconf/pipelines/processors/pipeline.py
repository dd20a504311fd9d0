"""pipeline: processors that run in order if the log matches the filter at that moment.

https://docs.datadoghq.com/logs/log_configuration/pipelines/
"""

from __future__ import annotations

from ddconf.pipelines.draft import Draft
from ddconf.pipelines.processors import Apply, processor
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import build_stage
from ddconf.pipelines.trace import APPLIED, Reason, Report


@processor("pipeline")
def pipeline(spec: Spec) -> Apply:
    query = spec.query(default="")
    filtered = Report(Reason.FILTER, query.text)
    for index, document in enumerate(spec.items("processors")):
        spec.stages.append(build_stage(document, (*spec.path, "processors", index), spec.settings))
    stages = tuple(spec.stages)

    def apply(draft: Draft) -> Report:
        if not query.matches(draft):
            return filtered
        for stage in stages:
            stage.run(draft)
        return APPLIED

    return apply
