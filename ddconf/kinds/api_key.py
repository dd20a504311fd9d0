"""API key: https://docs.datadoghq.com/api/latest/key-management/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="api_key",
    api=jsonapi(
        "/api/v2/api_keys",
        "api_keys",
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total_filtered_count"),
    ),
    read_only=(
        "id",
        "created_at",
        "date_last_used",
        "key",
        "last4",
        "last_used_date",
        "modified_at",
        "private_action_runner_enroll_enabled",
        "relationships",
        "used_in_last_24_hours",
    ),
    defaults={"category": "default", "remote_config_read_enabled": True},
    permissions={"read": "api_keys_read", "write": "api_keys_delete or api_keys_write"},
    title="API key",
    area="Access",
    terraform=("datadog_api_key",),
    tier=2,
    notes="The key itself is never read or kept.",
)
