"""Monitor configuration policy: https://docs.datadoghq.com/api/latest/monitors/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="monitor_config_policy",
    api=jsonapi("/api/v2/monitor/policy", "monitor-config-policy"),
    key=("policy.tag_key",),
    read_only=("id",),
    immutable=("policy_type",),
    permissions={"read": "monitors_read", "write": "monitor_config_policy_write"},
    title="Monitor configuration policy",
    area="Monitors",
    terraform=("datadog_monitor_config_policy",),
)
