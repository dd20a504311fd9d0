"""url-parser: the parts of the first source's URL, replacing what the target had.

https://docs.datadoghq.com/logs/log_configuration/processors/url_parser/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.processors import processor
from ddconf.pipelines.sources import by_source, first_source, missing, unreadable
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import ProcessorReport
from ddconf.pipelines.urls import parse_url
from ddconf.pipelines.working_log import MutableLog


@processor("url-parser")
def url_parser(spec: Spec) -> Apply:
    sources, target = spec.sources(("http.url",)), spec.target(default="http.url_details")
    normalize = spec.flag("normalize_ending_slashes")
    none, done = missing(sources), by_source(sources)

    def apply(log: MutableLog) -> ProcessorReport:
        path, value = first_source(log, sources)
        if value is ABSENT:
            return none
        if not isinstance(value, str):
            return unreadable(path, value, "text")
        log.write_new(target, parse_url(value, normalize))
        return done[path]

    return apply
