"""Case automation rule: https://docs.datadoghq.com/api/latest/case-management/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="case_automation_rule",
    api=jsonapi(
        "/api/v2/cases/projects/{project_id}/rules",
        "rule",
        id_in=(),
        update=Call("PUT", "/api/v2/cases/projects/{project_id}/rules/{id}"),
        merges=False,
        parent=("project_id", "case_project"),
    ),
    key=("project_id", "name"),
    read_only=("id", "created_at", "modified_at", "relationships"),
    immutable=("project_id",),
    references={"project_id": "case_project"},
    title="Case automation rule",
    area="Service management",
    tier=3,
)
