"""Status page degradation template: https://docs.datadoghq.com/api/latest/status-pages/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="status_page_degradation_template",
    api=jsonapi(
        "/api/v2/statuspages/{page_id}/degradation_templates",
        "degradation_templates",
        parent=("page_id", "status_page"),
    ),
    key=("page_id", "name"),
    read_only=("id", "created_at", "modified_at", "components_affected[*].name", "relationships"),
    immutable=("page_id",),
    references={
        "page_id": "status_page",
        "components_affected[*].id": "status_page_component",
    },
    title="Status page degradation template",
    area="Service management",
    tier=3,
)
