"""Service account access token: https://docs.datadoghq.com/api/latest/service-accounts/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="service_access_token",
    api=jsonapi(
        "/api/v2/service_accounts/{service_account_id}/access_tokens",
        "service_access_tokens",
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total_filtered_count"),
        parent=("service_account_id", "service_account"),
    ),
    key=("service_account_id", "name"),
    read_only=(
        "id",
        "created_at",
        "last_used_at",
        "modified_at",
        "public_portion",
        "key",
        "expires_at",
        "relationships",
    ),
    unordered=("scopes",),
    immutable=("service_account_id",),
    references={"service_account_id": "service_account"},
    permissions={"read": "service_account_write", "write": "service_account_write"},
    asked_only=True,
    title="Service account access token",
    area="Access",
    terraform=("datadog_service_access_token",),
    tier=3,
)
