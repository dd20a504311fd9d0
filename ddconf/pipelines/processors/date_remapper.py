"""date-remapper: the official timestamp from the first source that is a date; a later remapper overrides.

https://docs.datadoghq.com/logs/log_configuration/processors/log_date_remapper/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.processors import processor
from ddconf.pipelines.sources import by_source, missing
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.timestamp import parse_timestamp
from ddconf.pipelines.trace import ProcessorReport, Reason
from ddconf.pipelines.working_log import MutableLog


@processor("date-remapper")
def date_remapper(spec: Spec) -> Apply:
    sources, now = spec.sources(), spec.settings.now
    none, done = missing(sources), by_source(sources)
    no_date = ProcessorReport(
        Reason.UNUSABLE, "no date: expected ISO 8601, milliseconds since the epoch, or RFC 3164"
    )

    def apply(log: MutableLog) -> ProcessorReport:
        report = none
        for path in sources:
            value = log.read(path)
            if value is ABSENT:
                continue
            instant = parse_timestamp(value, now)
            if instant is not None:
                log.set_field("timestamp", instant)
                return done[path]
            report = no_date
        return report

    return apply
