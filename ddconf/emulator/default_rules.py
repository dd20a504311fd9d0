"""Detection rules that Datadog brings along, a few of its hundreds: they can be changed and never deleted.

https://docs.datadoghq.com/security/default_rules/
"""

from __future__ import annotations

from datetime import datetime

from ddconf.emulator.call import RouteCall
from ddconf.emulator.quirks.security_rules import RULES
from ddconf.emulator.store import Store
from ddconf.emulator.wire import Document

_ATTACK = "security:attack"
_RULES = (
    (
        "064-qyt-wod",
        "A user received an anomalous number of AccessDenied errors",
        "source:cloudtrail @error.kind:AccessDenied",
        ("source:cloudtrail", "tactic:TA0007-discovery", _ATTACK),
    ),
    (
        "def-000-a01",
        "Potential brute force attack on AWS ConsoleLogin",
        "source:cloudtrail @evt.name:ConsoleLogin @evt.outcome:failure",
        ("source:cloudtrail", "tactic:TA0006-credential-access", "technique:T1110-brute-force", _ATTACK),
    ),
    (
        "def-000-a02",
        "Brute force attack on an Auth0 user",
        "source:auth0 @evt.outcome:failure",
        ("source:auth0", "tactic:TA0006-credential-access", "technique:T1110-brute-force", _ATTACK),
    ),
    (
        "def-000-a03",
        "AWS EC2 subnet deleted",
        "source:cloudtrail @evt.name:DeleteSubnet",
        ("source:cloudtrail", "scope:ec2", "tactic:TA0040-impact", _ATTACK),
    ),
    (
        "def-000-a04",
        "Azure AD brute force login",
        "source:azure.activedirectory @evt.outcome:failure",
        ("source:azure", "tactic:TA0006-credential-access", "technique:T1110-brute-force", _ATTACK),
    ),
)


def plant_default_rules(store: Store, now: datetime) -> None:
    """Put the rules into an organisation that has none of them."""
    for id, name, query, tags in sorted(_RULES, key=lambda rule: rule[1]):
        if store.get(RULES.name, id) is None:
            call = RouteCall(store, "POST", RULES.path, now)
            rule = RULES.complete(call, {**RULES.defaults, **_sent(name, query, tags)}, None)
            own = {"isDefault": True, "defaultRuleId": id, "defaultTags": list(tags)}
            store.put(RULES.name, id, {"id": id, **rule, **own})


def _sent(name: str, query: str, tags: tuple[str, ...]) -> Document:
    counted = {"query": query, "aggregation": "count", "name": "events"}
    case = {"name": "", "status": "medium", "condition": "events > 5", "notifications": []}
    options = {"evaluationWindow": 900, "keepAlive": 3600, "maxSignalDuration": 86400}
    return {
        "name": name,
        "message": name,
        "isEnabled": True,
        "queries": [counted],
        "cases": [case],
        "options": options,
        "tags": list(tags),
        "type": "log_detection",
    }
