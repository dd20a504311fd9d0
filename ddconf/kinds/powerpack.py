"""Powerpack: https://docs.datadoghq.com/api/latest/powerpack/"""

from ddconf.kind import Kind, Pages, jsonapi

_WIDGET = "group_widget.definition.widgets[*].definition"

KIND = Kind(
    name="powerpack",
    api=jsonapi(
        "/api/v2/powerpacks",
        "powerpack",
        pages=Pages("offset", "page[offset]", "page[limit]", limit=1000, total="meta.pagination.total"),
        merges=False,
    ),
    read_only=(
        "id",
        "relationships",
        "group_widget.definition.widgets[*].id",
    ),
    defaults={"group_widget.layout": {"x": 0, "y": 0, "width": 12, "height": 1}},
    unordered=("tags",),
    text_ids=(f"{_WIDGET}.alert_id",),
    references={
        f"{_WIDGET}.alert_id": "monitor",
        f"{_WIDGET}.slo_id": "service_level_objective",
        f"{_WIDGET}.requests[*].queries[*].slo_id": "service_level_objective",
        f"{_WIDGET}.workflow_id": "workflow_automation",
        f"{_WIDGET}.app_id": "app_builder_app",
    },
    permissions={"read": "dashboards_read", "write": "dashboards_write"},
    told_by=("group_widget",),
    title="Powerpack",
    area="Dashboards",
    terraform=("datadog_powerpack", "datadog_powerpack_v2"),
)
