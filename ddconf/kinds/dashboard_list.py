"""Lists of dashboards. https://docs.datadoghq.com/api/latest/dashboard-lists/"""

from ddconf.kind import Call, Kind, Part, rest

_MEMBERS = "/api/v2/dashboard/lists/manual/{id}/dashboards"

KIND = Kind(
    name="dashboard_list",
    api=rest(
        "/api/v1/dashboard/lists/manual",
        items="dashboard_lists",
        parts={
            "dashboards": Part(
                read=Call("GET", _MEMBERS),
                items="dashboards",
                keep=("id", "type"),
                replace=Call("PUT", _MEMBERS, body=lambda members: {"dashboards": members}),
            )
        },
    ),
    integer_id=True,
    read_only=("id", "author", "created", "modified", "dashboard_count", "is_favorite", "type"),
    unordered=("dashboards",),
    references={"dashboards[*].id": "dashboard"},
    permissions={"read": "dashboards_read", "write": "dashboards_write"},
    page="/dashboard/lists/manual/{id}",
    title="Dashboard list",
    area="Dashboards",
    terraform=("datadog_dashboard_list",),
    notes="`dashboards` lists `{id, type}`, of type custom_timeboard if ordered, custom_screenboard if free.",
)
