"""Status page maintenance template: https://docs.datadoghq.com/api/latest/status-pages/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="status_page_maintenance_template",
    api=jsonapi(
        "/api/v2/statuspages/{page_id}/maintenance_templates",
        "maintenance_templates",
        parent=("page_id", "status_page"),
    ),
    key=("page_id", "name"),
    read_only=("id", "created_at", "modified_at", "relationships"),
    immutable=("page_id",),
    references={
        "page_id": "status_page",
        "component_ids[*]": "status_page_component",
    },
    title="Status page maintenance template",
    area="Service management",
    tier=3,
)
