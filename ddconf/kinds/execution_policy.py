"""Action execution policy: https://docs.datadoghq.com/api/latest/execution-policy/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="execution_policy",
    api=jsonapi(
        "/api/v2/actions/execution-policies",
        "execution_policy",
        update=Call("PUT", "/api/v2/actions/execution-policies/{id}"),
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total"),
        merges=False,
    ),
    read_only=("id", "created_at", "created_by", "updated_at", "updated_by", "version"),
    permissions={"read": "execution_groups_read", "write": "execution_groups_write"},
    title="Action execution policy",
    area="Service management",
    tier=3,
    notes="Datadog may still change this API.",
)
