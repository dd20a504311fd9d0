"""Role: https://docs.datadoghq.com/api/latest/roles/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="role",
    api=jsonapi(
        "/api/v2/roles",
        "roles",
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total_count"),
    ),
    read_only=(
        "id",
        "created_at",
        "modified_at",
        "user_count",
        "team_count",
        "created_by_handle",
        "modified_by_handle",
        "receives_permissions_from",
    ),
    unordered=("relationships.permissions.data",),
    shared_lists=("relationships.permissions.data",),
    unmanaged={"name": ("Datadog Admin Role", "Datadog Standard Role", "Datadog Read Only Role")},
    references={"relationships.permissions.data[*].id": "permission"},
    permissions={"read": "user_access_read", "write": "user_access_manage"},
    title="Role",
    area="Access",
    terraform=("datadog_role",),
    notes="Datadog adds permissions of its own to a role, which are left alone, as are its built-in roles.",
)
