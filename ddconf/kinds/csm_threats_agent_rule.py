"""Workload Protection agent rule: https://docs.datadoghq.com/api/latest/csm-threats/"""

from ddconf.document import Document
from ddconf.kind import Kind, jsonapi


def _canonicalize(rule: Document) -> Document:
    """A body names the rule's policy, an answer lists the policies in which it watches."""
    policy, watched = rule.get("policy_id"), rule.get("monitoring")
    if policy and not watched:
        watched = [policy]
    kept = {key: value for key, value in rule.items() if key not in ("policy_id", "monitoring")}
    return {**kept, **({"monitoring": watched} if watched else {})}


KIND = Kind(
    name="csm_threats_agent_rule",
    api=jsonapi("/api/v2/remote_config/products/cws/agent_rules", "agent_rule"),
    unique_key=True,
    read_only=(
        "id",
        "agentConstraint",
        "category",
        "creationAuthorUuId",
        "creationDate",
        "creator",
        "defaultRule",
        "every",
        "group_id",
        "updateAuthorUuId",
        "updateDate",
        "updatedAt",
        "updater",
        "version",
    ),
    defaults={"actions[*].disabled": False, "actions[*].set.append": False, "filters": ['os == "linux"']},
    unordered=("product_tags",),
    immutable=("name", "filters"),
    canonicalize=_canonicalize,
    references={"monitoring[*]": "csm_threats_policy", "policy_id": "csm_threats_policy"},
    unmanaged={"defaultRule": True},
    title="Workload Protection agent rule",
    area="Security",
    terraform=("datadog_csm_threats_agent_rule",),
    tier=2,
    notes="`policy_id` names its policy. Rules of Datadog are left alone.",
)
