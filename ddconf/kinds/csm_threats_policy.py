"""Workload Protection policy: https://docs.datadoghq.com/api/latest/csm-threats/"""

from ddconf.document import Document
from ddconf.kind import Kind, jsonapi


def _canonicalize(policy: Document) -> Document:
    """Tags of hosts of which all are asked for are shown as the one list of several that could be."""
    tags = policy.get("hostTags")
    lists = {"hostTagsLists": [tags]} if tags and not policy.get("hostTagsLists") else {}
    return {**{key: value for key, value in policy.items() if key != "hostTags"}, **lists}


KIND = Kind(
    name="csm_threats_policy",
    api=jsonapi("/api/v2/remote_config/products/cws/policy", "policy"),
    read_only=(
        "id",
        "blockingRulesCount",
        "contentPackUpdateAvailable",
        "datadogManaged",
        "disabledRulesCount",
        "monitoringRulesCount",
        "pinned",
        "policyType",
        "policyVersion",
        "priority",
        "ruleCount",
        "sourceDefaultPolicyId",
        "updateDate",
        "updatedAt",
        "updater",
        "versions",
    ),
    unordered=("hostTagsLists", "hostTagsLists[*]"),
    canonicalize=_canonicalize,
    unmanaged={"datadogManaged": True},
    title="Workload Protection policy",
    area="Security",
    terraform=("datadog_csm_threats_policy",),
    tier=2,
    notes="Policies of Datadog are left alone.",
)
