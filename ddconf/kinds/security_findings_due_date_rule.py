"""Security findings due date rule: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="security_findings_due_date_rule",
    api=jsonapi(
        "/api/v2/security/findings/automation/due_date_rules",
        "due_date_rules",
        update=Call("PUT", "/api/v2/security/findings/automation/due_date_rules/{id}"),
        pages=Pages("page", "page[number]", "page[size]", limit=1000, total="meta.page.total_filtered_count"),
        merges=False,
    ),
    read_only=("id", "created_at", "created_by", "modified_at", "modified_by"),
    permissions={"read": "security_pipelines_read", "write": "security_pipelines_write"},
    title="Security findings due date rule",
    area="Security",
    terraform=("datadog_security_findings_due_date_rule",),
    tier=3,
    notes="Datadog may still change this API.",
)
