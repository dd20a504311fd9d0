"""Status page component: https://docs.datadoghq.com/api/latest/status-pages/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="status_page_component",
    api=jsonapi("/api/v2/statuspages/{page_id}/components", "components", parent=("page_id", "status_page")),
    key=("page_id", "name"),
    read_only=(
        "id",
        "created_at",
        "modified_at",
        "status",
        "components[*].id",
        "components[*].status",
        "relationships.created_by_user",
        "relationships.last_modified_by_user",
        "relationships.status_page",
    ),
    defaults={"relationships.group": {"data": None}},
    immutable=("page_id", "components", "type", "relationships"),
    references={
        "page_id": "status_page",
        "relationships.group.data.id": "status_page_component",
    },
    permissions={"read": "status_pages_settings_read", "write": "status_pages_settings_write"},
    title="Status page component",
    area="Service management",
    tier=3,
)
