"""Organization group membership: https://docs.datadoghq.com/api/latest/org-groups/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="org_group_membership",
    api=jsonapi(
        "/api/v2/org_group_memberships",
        "org_group_memberships",
        create=None,
        delete=None,
        pages=Pages("page", "page[number]", "page[size]", limit=1000, total="meta.page.total"),
    ),
    key=("org_uuid",),
    read_only=("id", "created_at", "modified_at", "org_name", "org_site"),
    immutable=("org_uuid",),
    references={"relationships.org_group.data.id": "org_group"},
    permissions={"read": "org_group_read", "write": "org_group_write"},
    asked_only=True,
    title="Organization group membership",
    area="Access",
    terraform=("datadog_org_group_membership",),
    tier=3,
    notes="Datadog may still change this API.",
)
