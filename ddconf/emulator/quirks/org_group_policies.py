"""Policies of organisation groups: one that is enforced tells since when.

https://docs.datadoghq.com/api/latest/org-groups/
"""

from __future__ import annotations

from dataclasses import replace

from ddconf.emulator.call import RouteCall
from ddconf.emulator.collections import plain
from ddconf.emulator.wire import Document

_PLAIN = plain("org_group_policy")
_FREE = (None, "DEFAULT", "OVERRIDE_ALLOWED")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    policy = _PLAIN.complete(call, sent, before)
    if policy.get("enforcement_tier") in _FREE:
        return {key: value for key, value in policy.items() if key != "enforced_at"}
    return {"enforced_at": call.zulu, **policy}


POLICIES = replace(_PLAIN, complete=_complete)
