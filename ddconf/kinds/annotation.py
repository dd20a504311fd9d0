"""Dashboard or notebook annotation: https://docs.datadoghq.com/api/latest/annotations/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="annotation",
    api=jsonapi(
        "/api/v2/annotation",
        "annotation",
        id_in=(),
        read=None,
        update=Call("PUT", "/api/v2/annotation/{id}"),
        merges=False,
    ),
    key=("description", "start_time"),
    read_only=("id", "author_id", "created_at", "modified_at"),
    references={"page_id": ("dashboard", "notebook")},
    title="Dashboard or notebook annotation",
    area="Dashboards",
    tier=3,
    notes="Datadog may still change this API.",
)
