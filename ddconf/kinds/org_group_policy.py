"""Organization group policy: https://docs.datadoghq.com/api/latest/org-groups/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

_GROUP = "relationships.org_group.data.id"

KIND = Kind(
    name="org_group_policy",
    api=jsonapi(
        "/api/v2/org_group_policies",
        "org_group_policies",
        list=Call("GET", "/api/v2/org_group_policies", params={"filter[org_group_id]": f"{{{_GROUP}}}"}),
        parent=(_GROUP, "org_group"),
        pages=Pages("page", "page[number]", "page[size]", limit=1000, total="meta.page.total"),
    ),
    key=(_GROUP, "policy_name"),
    read_only=(
        "id",
        "enforced_at",
        "modified_at",
    ),
    defaults={"policy_type": "org_config"},
    immutable=("policy_type", "relationships"),
    references={"relationships.org_group.data.id": "org_group"},
    permissions={"read": "org_group_read", "write": "org_group_write"},
    asked_only=True,
    title="Organization group policy",
    area="Access",
    terraform=("datadog_org_group_policy",),
    tier=3,
    notes="Datadog may still change this API.",
)
