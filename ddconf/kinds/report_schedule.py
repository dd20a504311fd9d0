"""Scheduled report: https://docs.datadoghq.com/api/latest/report-schedules/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="report_schedule",
    api=jsonapi(
        "/api/v2/reporting/schedule",
        "schedule",
        id_in=(),
        list=Call("GET", "/api/v2/reporting/schedule/list"),
        pages=Pages("offset", "page[offset]", "page[limit]", limit=50, total="meta.pagination.total"),
        summary=True,
    ),
    key=("title",),
    read_only=("id", "next_recurrence", "status", "relationships"),
    immutable=("resource_id", "resource_type"),
    references={"resource_id": "dashboard"},
    title="Scheduled report",
    area="Dashboards",
    tier=2,
    notes="Only its author can change it. Datadog may still change this API.",
)
