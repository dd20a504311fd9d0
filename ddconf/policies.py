"""What a team's own rules in Python are written with; see docs/policies.md.

from ddconf.policies import Resource, policy

@policy("pages-somebody", kinds=["monitor"], owner="team-sre")
def pages_somebody(resource: Resource):
    '''A monitor of production pages somebody.'''
    if "env:prod" in resource.document.get("tags", []) and "@pagerduty" not in resource.document["message"]:
        yield "message", "names no @pagerduty handle"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Violation = str | tuple[str, str]
"""A message, or a path such as `options.thresholds` and a message."""
Check = Callable[["Resource"], Iterable[Violation] | None]

SEVERITIES = ("error", "warning", "note")


@dataclass(frozen=True)
class Resource:
    """A definition that a policy looks at; references and secrets stand in it as `${...}`."""

    kind: str
    name: str
    document: dict[str, Any]
    environment: str = ""
    """The name that `--env` gave."""


@dataclass(frozen=True)
class Policy:
    """A rule of a team; `passes` and `fails` are documents of which the first kind's tests are made."""

    name: str
    check: Check
    kinds: tuple[str, ...] = ()
    severity: str = "error"
    owner: str = ""
    passes: tuple[dict[str, Any], ...] = ()
    fails: tuple[dict[str, Any], ...] = ()


POLICIES: dict[str, Policy] = {}
"""Those of this process, by name."""


def policy(
    name: str,
    *,
    kinds: Sequence[str] = (),
    severity: str = "error",
    owner: str = "",
    passes: Sequence[dict[str, Any]] = (),
    fails: Sequence[dict[str, Any]] = (),
) -> Callable[[Check], Check]:
    """Make the function a policy for definitions of these kinds, or of all; raises ValueError.

    Its first line of documentation says what it demands.
    """
    if severity not in SEVERITIES:
        raise ValueError(f"severity {severity!r} of policy {name}: one of {', '.join(SEVERITIES)}")

    def register(check: Check) -> Check:
        if name in POLICIES:
            raise ValueError(f"two policies are called {name}")
        POLICIES[name] = Policy(name, check, tuple(kinds), severity, owner, tuple(passes), tuple(fails))
        return check

    return register
