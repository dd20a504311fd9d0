"""Notification rule for security signals: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="security_notification_rule_signal",
    api=jsonapi("/api/v2/security/signals/notification_rules", "notification_rules"),
    read_only=("id", "created_at", "created_by", "modified_at", "modified_by", "version"),
    defaults={"time_aggregation": 0},
    unordered=("selectors.rule_types", "selectors.severities", "targets"),
    permissions={
        "read": "security_monitoring_notification_profiles_read",
        "write": "security_monitoring_notification_profiles_write",
    },
    title="Notification rule for security signals",
    area="Security",
    terraform=("datadog_security_notification_rule",),
    tier=2,
)
