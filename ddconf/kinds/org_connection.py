"""Cross-org connection: https://docs.datadoghq.com/api/latest/org-connections/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="org_connection",
    api=jsonapi(
        "/api/v2/org_connections",
        "org_connection",
        read=None,
        pages=Pages("offset", "offset", "limit", limit=100, total="meta.page.total_count"),
    ),
    key=("relationships.sink_org.data.id",),
    unique_key=True,
    read_only=(
        "id",
        "created_at",
        "relationships.created_by",
        "relationships.source_org",
        "relationships.sink_org.data.name",
    ),
    unordered=("connection_types",),
    immutable=("relationships.sink_org",),
    permissions={"read": "org_connections_read", "write": "org_connections_write"},
    title="Cross-org connection",
    area="Access",
    terraform=("datadog_org_connection",),
    tier=2,
)
