"""Workload Protection agent rule (US1-FED): https://docs.datadoghq.com/api/latest/csm-threats/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="cloud_workload_security_agent_rule",
    api=jsonapi("/api/v2/security_monitoring/cloud_workload_security/agent_rules", "agent_rule"),
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
    immutable=("filters", "name"),
    references={"policy_id": "csm_threats_policy"},
    permissions={
        "read": "security_monitoring_cws_agent_rules_read",
        "write": "security_monitoring_cws_agent_rules_write",
    },
    title="Workload Protection agent rule (US1-FED)",
    area="Security",
    terraform=("datadog_cloud_workload_security_agent_rule",),
    tier=3,
)
