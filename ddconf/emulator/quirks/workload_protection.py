"""Workload protection: policies and the rules of agents. https://docs.datadoghq.com/api/latest/csm-threats/"""

from __future__ import annotations

import re
from dataclasses import replace

from ddconf.emulator.call import RouteCall
from ddconf.emulator.collections import plain
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.wire import Document, texts

_POLICY = plain("csm_threats_policy")
_CATEGORIES = (
    ("File Activity", r"\b(open|chmod|chown|link|mkdir|rename|rmdir|unlink|utimes|removexattr|setxattr)\b"),
    ("Network Activity", r"\b(dns|bind|connect|accept|imds|packet|network)\b"),
    ("Kernel Activity", r"\b(bpf|load_module|unload_module|mmap|mprotect|ptrace|selinux|splice)\b"),
)


def _policy(call: RouteCall, sent: Document, before: Document | None) -> Document:
    """Tags that one list gives are the only list of lists; each write is a new version."""
    lists = {"hostTagsLists": [sent["hostTags"]]} if sent.get("hostTags") else {}
    told = {key: value for key, value in sent.items() if key != "hostTags"}
    version = str(int((before or {}).get("policyVersion", 0)) + 1)
    return {**_POLICY.complete(call, {**lists, **told}, before), "policyVersion": version}


POLICIES = replace(_POLICY, complete=_policy)


def _category(expression: str) -> str:
    """By the event that a rule is about."""
    found = (name for name, pattern in _CATEGORIES if re.match(rf"\(*\s*{pattern}\.", expression))
    return next(found, "Process Activity")


def _rule(name: str, policies: bool) -> ApiCollection:
    collection = plain(name)

    def complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
        expression = str(sent.get("expression") or (before or {}).get("expression", ""))
        if call.validates and not re.search(r"==|!=|=~|!~|\bin\b|\bnot\b|[<>]|allin|&", expression):
            wrong = f"rule `{sent.get('name')}` error: rule syntax error: bool expected: 1:1: {expression}\n^"
            raise texts(400, f"input_validation_error(Field 'expression' is invalid: {wrong})")
        document = collection.complete(call, sent, before)
        actions = [{"disabled": False, **action} for action in document.get("actions") or []]
        own = {"category": _category(expression)} | ({"actions": actions} if actions and policies else {})
        if policies:
            policy = sent.get("policy_id")
            own["monitoring"] = [policy] if policy else (before or {}).get("monitoring", [])
        return {**document, **own, "filters": document.get("filters") or ['os == "linux"']}

    return replace(collection, complete=complete)


AGENT_RULES = _rule("csm_threats_agent_rule", policies=True)
OLDER_RULES = _rule("cloud_workload_security_agent_rule", policies=False)
