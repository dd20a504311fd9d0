"""Security findings mute rule: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="security_findings_mute_rule",
    api=jsonapi(
        "/api/v2/security/findings/automation/mute_rules",
        "mute_rules",
        update=Call("PUT", "/api/v2/security/findings/automation/mute_rules/{id}"),
        pages=Pages("page", "page[number]", "page[size]", limit=1000, total="meta.page.total_filtered_count"),
        merges=False,
    ),
    read_only=("id", "created_at", "created_by", "modified_at", "modified_by"),
    permissions={"read": "security_pipelines_read", "write": "security_pipelines_write"},
    title="Security findings mute rule",
    area="Security",
    terraform=("datadog_security_findings_mute_rule",),
    tier=3,
    notes="Datadog may still change this API.",
)
