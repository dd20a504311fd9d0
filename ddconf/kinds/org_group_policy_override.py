"""Organization group policy override: https://docs.datadoghq.com/api/latest/org-groups/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

_GROUP = "relationships.org_group.data.id"

KIND = Kind(
    name="org_group_policy_override",
    api=jsonapi(
        "/api/v2/org_group_policy_overrides",
        "org_group_policy_overrides",
        list=Call(
            "GET", "/api/v2/org_group_policy_overrides", params={"filter[org_group_id]": f"{{{_GROUP}}}"}
        ),
        parent=(_GROUP, "org_group"),
        pages=Pages("page", "page[number]", "page[size]", limit=1000, total="meta.page.total"),
    ),
    key=(_GROUP, "org_uuid"),
    read_only=("id", "content", "created_at", "modified_at"),
    immutable=("relationships",),
    references={
        "relationships.org_group.data.id": "org_group",
        "relationships.org_group_policy.data.id": "org_group_policy",
    },
    permissions={"read": "org_group_read", "write": "org_group_write"},
    asked_only=True,
    title="Organization group policy override",
    area="Access",
    terraform=("datadog_org_group_policy_override",),
    tier=3,
    notes="Datadog may still change this API.",
)
