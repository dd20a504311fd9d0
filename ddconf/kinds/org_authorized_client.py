"""Authorized OAuth client: https://docs.datadoghq.com/api/latest/org-authorized-clients/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="org_authorized_client",
    api=jsonapi(
        "/api/v2/org_authorized_clients",
        "org_authorized_clients",
        create=None,
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total_count"),
    ),
    key=("id",),
    read_only=("last_exercised", "user_count", "relationships"),
    immutable=("id",),
    permissions={
        "read": "manage_integrations or org_authorized_apps_read",
        "write": "org_authorized_apps_write",
    },
    title="Authorized OAuth client",
    area="Access",
    tier=3,
)
