"""Security findings ticket creation rule: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="security_findings_ticket_creation_rule",
    api=jsonapi(
        "/api/v2/security/findings/automation/ticket_creation_rules",
        "ticket_creation_rules",
        update=Call("PUT", "/api/v2/security/findings/automation/ticket_creation_rules/{id}"),
        pages=Pages("page", "page[number]", "page[size]", limit=1000, total="meta.page.total_filtered_count"),
        merges=False,
    ),
    read_only=("id", "created_at", "created_by", "modified_at", "modified_by", "action.auto_disabled_reason"),
    references={
        "action.project_id": "case_project",
        "action.assignee_id": "user",
    },
    permissions={"read": "security_pipelines_read", "write": "security_pipelines_write"},
    title="Security findings ticket creation rule",
    area="Security",
    terraform=("datadog_security_findings_ticket_creation_rule",),
    tier=3,
    notes="Datadog may still change this API.",
)
