"""Dashboards. https://docs.datadoghq.com/api/latest/dashboards/"""

from ddconf.document import Document
from ddconf.kind import Kind, Pages, rest

_WIDGETS = ("widgets[*].definition", "widgets[*].definition.widgets[*].definition")
_REFERENCES = {
    "alert_id": "monitor",
    "slo_id": "service_level_objective",
    "requests[*].queries[*].slo_id": "service_level_objective",
    "powerpack_id": "powerpack",
    "workflow_id": "workflow_automation",
    "app_id": "app_builder_app",
}


def _canonicalize(document: Document) -> Document:
    """Write the widgets of a tab by their position, `@1` for the first, as a definition can."""
    if not document.get("tabs"):
        return document
    widgets = enumerate(document.get("widgets") or [], start=1)
    place = {str(widget.get("id")): f"@{position}" for position, widget in widgets if "id" in widget}
    tabs = [
        tab | {"widget_ids": [place.get(str(id_), id_) for id_ in tab.get("widget_ids") or []]}
        for tab in document["tabs"]
    ]
    return document | {"tabs": tabs}


KIND = Kind(
    name="dashboard",
    api=rest(
        "/api/v1/dashboard",
        items="dashboards",
        pages=Pages("offset", "start", "count", optional=True),
        summary=True,
        modified="modified_at",
    ),
    key=("title",),
    read_only=(
        "id",
        "author_handle",
        "author_name",
        "created_at",
        "modified_at",
        "deleted_at",
        "url",
        "is_read_only",
        "experience_type",
        "widgets[*].id",
        "widgets[*].definition.widgets[*].id",
    ),
    defaults={"description": ""},
    unordered=("notify_list", "restricted_roles", "tags"),
    text_ids=tuple(f"{widget}.alert_id" for widget in _WIDGETS),
    references={
        "restricted_roles[*]": "role",
        **{f"{widget}.{field}": kind for widget in _WIDGETS for field, kind in _REFERENCES.items()},
    },
    identity={
        "widgets": "definition.title",
        "template_variables": "name",
        "template_variable_presets": "name",
    },
    together=(("widgets", "tabs"),),
    canonicalize=_canonicalize,
    permissions={"read": "dashboards_read", "write": "dashboards_write"},
    page="/dashboard/{id}",
    told_by=("widgets", "layout_type"),
    title="Dashboard",
    area="Dashboards",
    terraform=("datadog_dashboard", "datadog_dashboard_json", "datadog_dashboard_v2"),
    notes="Widgets in a tab are written by position: `@1` is the first.",
)
