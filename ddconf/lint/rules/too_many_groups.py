"""Datadog refuses it: `.by("@a,@b,@c,@d,@e")`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("too-many-groups", Severity.ERROR)
def too_many_groups(facts: Facts) -> Iterator[Finding]:
    """A monitor has more groups or queries than its type allows."""
    return facts.broken("too-many-groups")
