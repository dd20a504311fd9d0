"""Workload Protection policy: https://docs.datadoghq.com/api/latest/csm-threats/"""

from ddconf.kind import Kind, jsonapi

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
    unordered=("hostTags",),
    unmanaged={"datadogManaged": True},
    title="Workload Protection policy",
    area="Security",
    terraform=("datadog_csm_threats_policy",),
    tier=2,
    notes="Policies of Datadog are left alone.",
)
