"""Service account application key: https://docs.datadoghq.com/api/latest/service-accounts/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="service_account_application_key",
    api=jsonapi(
        "/api/v2/service_accounts/{service_account_id}/application_keys",
        "application_keys",
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total_filtered_count"),
        parent=("service_account_id", "service_account"),
    ),
    key=("service_account_id", "name"),
    read_only=("id", "created_at", "last4", "last_used_at", "key", "relationships"),
    unordered=("scopes",),
    immutable=("service_account_id",),
    references={"service_account_id": "service_account"},
    permissions={"read": "service_account_write", "write": "service_account_write"},
    asked_only=True,
    title="Service account application key",
    area="Access",
    terraform=("datadog_service_account_application_key",),
    tier=2,
    notes="The key itself is never read or kept.",
)
