"""Application key (of the caller): https://docs.datadoghq.com/api/latest/key-management/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="application_key",
    api=jsonapi(
        "/api/v2/current_user/application_keys",
        "application_keys",
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total_filtered_count"),
    ),
    read_only=("id", "created_at", "key", "last4", "last_used_at", "relationships"),
    unordered=("scopes",),
    permissions={"read": "user_app_keys", "write": "user_app_keys"},
    title="Application key (of the caller)",
    area="Access",
    terraform=("datadog_application_key",),
    tier=2,
    notes="The key itself is never read or kept.",
)
