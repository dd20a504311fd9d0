"""Variables of logs in monitors of something else. https://docs.datadoghq.com/monitors/notify/variables/"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule

_LOG = re.compile(r"\{\{\s*(log\.[\w.@]+)")


@rule("log-variable-elsewhere", Severity.WARNING)
def log_variable_elsewhere(facts: Facts) -> Iterator[Finding]:
    """A message prints a part of a log, and the monitor does not look at logs."""
    for address, monitor in facts.monitors.items():
        if monitor.type in ("log alert", "composite") or monitor.query is None:
            continue
        for found in _LOG.finditer(str(monitor.document.get("message") or "")):
            place = Place(address, ("message",), found.start(1), len(found[1]))
            yield Finding(place, f"a {monitor.type} has no log, so nothing is printed", "remove it")
