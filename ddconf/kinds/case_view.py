"""Case view: https://docs.datadoghq.com/api/latest/case-management/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="case_view",
    api=jsonapi(
        "/api/v2/cases/views",
        "view",
        id_in=(),
        list=Call("GET", "/api/v2/cases/views", params={"project_id": "{project_id}"}),
        update=Call("PUT", "/api/v2/cases/views/{id}"),
        merges=False,
        parent=("project_id", "case_project"),
    ),
    key=("project_id", "name"),
    read_only=("id", "created_at", "modified_at", "relationships"),
    immutable=("project_id",),
    references={"project_id": "case_project"},
    title="Case view",
    area="Service management",
    tier=3,
)
