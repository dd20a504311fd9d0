"""user-agent-parser: browser, system and device of the first source's user agent.

https://docs.datadoghq.com/logs/log_configuration/processors/user_agent_parser/
"""

from __future__ import annotations

from ddconf.pipelines.attributes import ABSENT
from ddconf.pipelines.processors import processor
from ddconf.pipelines.sources import by_source, first_source, missing, unreadable
from ddconf.pipelines.spec import Spec
from ddconf.pipelines.stage import Apply
from ddconf.pipelines.trace import ProcessorReport
from ddconf.pipelines.user_agents import parse_user_agent
from ddconf.pipelines.working_log import MutableLog


@processor("user-agent-parser")
def user_agent_parser(spec: Spec) -> Apply:
    sources = spec.sources(("http.useragent",))
    target, encoded = spec.target(default="http.useragent_details"), spec.flag("is_encoded")
    none, done = missing(sources), by_source(sources)

    def apply(log: MutableLog) -> ProcessorReport:
        path, value = first_source(log, sources, empty_counts=False)
        if value is ABSENT:
            return none
        if not isinstance(value, str):
            return unreadable(path, value, "text")
        log.write_new(target, parse_user_agent(value, decode=encoded))
        return done[path]

    return apply
