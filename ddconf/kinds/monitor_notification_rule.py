"""Monitor notification rule: https://docs.datadoghq.com/api/latest/monitors/"""

from ddconf.kind import Kind, Pages, jsonapi

_RECIPIENTS = (
    "webhook",
    "integration_ms_teams_tenant_based_handle",
    "integration_ms_teams_workflows_webhook_handle",
    "integration_opsgenie_service_object",
    "integration_pagerduty_service_object",
    "team",
)
"""Called by their handles, without the `@`."""

KIND = Kind(
    name="monitor_notification_rule",
    api=jsonapi(
        "/api/v2/monitor/notification_rule",
        "monitor-notification-rule",
        pages=Pages("page", "page", "per_page", limit=1000),
    ),
    read_only=(
        "id",
        "created",
        "created_at",
        "modified",
        "modified_at",
        "relationships",
    ),
    unordered=("conditional_recipients.fallback_recipients", "filter.tags", "recipients"),
    references={
        "recipients[*]": _RECIPIENTS,
        "conditional_recipients.conditions[*].recipients[*]": _RECIPIENTS,
        "conditional_recipients.fallback_recipients[*]": _RECIPIENTS,
    },
    permissions={"read": "monitors_read", "write": "monitor_config_policy_write"},
    title="Monitor notification rule",
    area="Monitors",
    terraform=("datadog_monitor_notification_rule",),
    notes="Either `recipients` or `conditional_recipients`.",
)
