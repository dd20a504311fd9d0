"""Handles that Datadog does not see. https://docs.datadoghq.com/monitors/notify/#notifications"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule

_KINDS = "slack|pagerduty|opsgenie|teams|webhook|jira|hangouts|victorops|servicenow|oncall|workflow|case|sns"
_GLUED = re.compile(rf"(?<=[\w:(.,;])(@(?:{_KINDS})-[\w.-]+)")


@rule("handle-glued", Severity.ERROR)
def handle_glued(facts: Facts) -> Iterator[Finding]:
    """A handle follows a character, so it is a text and nobody is notified."""
    for address, monitor in facts.monitors.items():
        message = str(monitor.document.get("message") or "")
        for found in _GLUED.finditer(message):
            place = Place(address, ("message",), found.start(1), len(found[1]))
            fix = (place.path, _GLUED.sub(r" \1", message))
            yield Finding(place, f"{found[1]} is not a recipient here", "put a space before it", fix=fix)
