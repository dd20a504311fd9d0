"""Case project notification rule: https://docs.datadoghq.com/api/latest/case-management/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="case_project_notification_rule",
    api=jsonapi(
        "/api/v2/cases/projects/{project_id}/notification_rules",
        "notification_rule",
        id_in=(),
        read=None,
        update=Call("PUT", "/api/v2/cases/projects/{project_id}/notification_rules/{id}"),
        merges=False,
        parent=("project_id", "case_project"),
    ),
    key=("project_id", "triggers", "recipients"),
    read_only=("id",),
    defaults={"is_enabled": True},
    immutable=("project_id",),
    references={"project_id": "case_project"},
    title="Case project notification rule",
    area="Service management",
    tier=3,
)
