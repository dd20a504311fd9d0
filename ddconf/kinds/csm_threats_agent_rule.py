"""Workload Protection agent rule: https://docs.datadoghq.com/api/latest/csm-threats/"""

from ddconf.kind import Kind, jsonapi

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
    defaults={"filters": ['os == "linux"']},
    unordered=("product_tags",),
    immutable=("name", "filters"),
    references={"policy_id": "csm_threats_policy"},
    unmanaged={"defaultRule": True},
    title="Workload Protection agent rule",
    area="Security",
    terraform=("datadog_csm_threats_agent_rule",),
    tier=2,
    notes="`policy_id` names its policy. Rules of Datadog are left alone.",
)
