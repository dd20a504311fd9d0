"""Case project: https://docs.datadoghq.com/api/latest/case-management/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="case_project",
    api=jsonapi("/api/v2/cases/projects", "project", id_in=()),
    key=("key",),
    read_only=("id", "restricted", "relationships"),
    immutable=("key",),
    references={
        "settings.integration_monitor.case_type_id": "case_type",
        "settings.integration_on_call.escalation_queries[*].target.team_id": "team",
        "settings.integration_on_call.escalation_queries[*].target.user_id": "user",
        "team_uuid": "team",
    },
    title="Case project",
    area="Service management",
    tier=3,
)
