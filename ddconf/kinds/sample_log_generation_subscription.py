"""Sample log generation subscription: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.kind import Kind, enveloped, jsonapi

KIND = Kind(
    name="sample_log_generation_subscription",
    api=jsonapi(
        "/api/v2/security_monitoring/sample_log_generation/subscriptions",
        "subscriptions",
        envelope=enveloped("subscriptions", id_in=(), create="subscription_requests"),
        read=None,
        update=None,
    ),
    key=("content_pack_id",),
    read_only=("id", "created_at", "expires_at", "is_active", "status"),
    defaults={"duration": "3d"},
    permissions={
        "read": "logs_read_index_data or security_monitoring_filters_read",
        "write": "logs_modify_indexes or security_monitoring_filters_write",
    },
    title="Sample log generation subscription",
    area="Security",
    tier=3,
    notes="Datadog may still change this API.",
)
