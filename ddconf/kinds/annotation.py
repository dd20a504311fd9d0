"""Dashboard or notebook annotation: https://docs.datadoghq.com/api/latest/annotations/"""

from ddconf.kind import Call, Kind, jsonapi

_OF_A_PAGE = {"page_id": "{page_id}", "start_time": "0", "end_time": "4102444800000"}
"""Of all times: milliseconds from 1970 to 2100."""

KIND = Kind(
    name="annotation",
    api=jsonapi(
        "/api/v2/annotation",
        "annotation",
        id_in=(),
        list=Call("GET", "/api/v2/annotation", params=_OF_A_PAGE),
        read=None,
        update=Call("PUT", "/api/v2/annotation/{id}"),
        merges=False,
        parent=("page_id", ""),
    ),
    key=("page_id", "description", "start_time"),
    read_only=("id", "author_id", "created_at", "modified_at"),
    references={"page_id": ("dashboard", "notebook")},
    title="Dashboard or notebook annotation",
    area="Dashboards",
    tier=3,
    notes="Of the dashboards and notebooks those are looked at that definitions name. "
    "Datadog may still change this API.",
)
