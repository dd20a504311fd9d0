"""Organization group: https://docs.datadoghq.com/api/latest/org-groups/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="org_group",
    api=jsonapi(
        "/api/v2/org_groups",
        "org_groups",
        pages=Pages("page", "page[number]", "page[size]", limit=1000, total="meta.page.total"),
    ),
    read_only=("id", "created_at", "modified_at", "owner_org_site", "owner_org_uuid"),
    permissions={"read": "org_group_read", "write": "org_group_write"},
    asked_only=True,
    title="Organization group",
    area="Access",
    terraform=("datadog_org_group",),
    tier=3,
    notes="Datadog may still change this API.",
)
