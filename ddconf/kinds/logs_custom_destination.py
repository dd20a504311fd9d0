"""Destinations that logs are forwarded to. https://docs.datadoghq.com/api/latest/logs-custom-destinations/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="logs_custom_destination",
    api=jsonapi("/api/v2/logs/config/custom-destinations", "custom_destination", queue="logs"),
    read_only=("id",),
    defaults={
        "enabled": True,
        "forward_tags": True,
        "forward_tags_restriction_list_type": "ALLOW_LIST",
        "query": "",
    },
    unordered=("forward_tags_restriction_list",),
    secrets=(
        "forwarder_destination.access_token",
        "forwarder_destination.auth.header_value",
        "forwarder_destination.auth.password",
        "forwarder_destination.auth.username",
    ),
    permissions={"read": "logs_read_config", "write": "logs_write_forwarding_rules"},
    page="/logs/pipelines/log-forwarding/custom-destinations",
    title="Log forwarding destination",
    area="Logs",
    terraform=("datadog_logs_custom_destination",),
    notes="Datadog never shows the credentials again: a change is seen against what was last applied.",
)
