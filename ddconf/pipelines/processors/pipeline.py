"""pipeline: processors that run in order if the log matches the filter at that moment.

https://docs.datadoghq.com/logs/log_configuration/pipelines/
"""

from __future__ import annotations

from ddconf.pipelines.processors import processor
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import APPLIED, ProcessorReport, Reason
from ddconf.pipelines.working_log import MutableLog


@processor("pipeline")
def pipeline(spec: Spec) -> Apply:
    query = spec.filter = spec.query(default="")
    filtered = ProcessorReport(Reason.FILTER, query.text)
    for index, document in enumerate(spec.items("processors")):
        spec.stages.append(spec.stage(document, "processors", index))
    stages, matches = tuple(spec.stages), query.matcher

    def apply(log: MutableLog) -> ProcessorReport:
        if not matches(log):
            return filtered
        if log.steps is None:
            for stage in stages:
                stage.apply(log)
        else:
            for stage in stages:
                stage.run(log)
        return APPLIED

    return apply
