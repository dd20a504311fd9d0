"""Status page: https://docs.datadoghq.com/api/latest/status-pages/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="status_page",
    api=jsonapi(
        "/api/v2/statuspages",
        "status_pages",
        pages=Pages("offset", "page[offset]", "page[limit]", limit=50, total="meta.page.total"),
    ),
    key=("domain_prefix",),
    read_only=(
        "id",
        "created_at",
        "custom_domain",
        "custom_domain_enabled",
        "enabled",
        "modified_at",
        "page_url",
        "components[*].components[*].id",
        "components[*].components[*].status",
        "components[*].id",
        "components[*].status",
        "relationships",
    ),
    defaults={"subscriptions_enabled": False},
    immutable=("components",),
    permissions={"read": "status_pages_settings_read", "write": "status_pages_settings_write"},
    title="Status page",
    area="Service management",
    tier=3,
)
