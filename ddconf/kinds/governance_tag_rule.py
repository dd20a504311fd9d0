"""Governance tag rule: https://docs.datadoghq.com/api/latest/tag-rules/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="governance_tag_rule",
    api=jsonapi("/api/v2/governance/tag_rules", "tag_rule"),
    read_only=(
        "id",
        "created_at",
        "created_by",
        "deleted_at",
        "deleted_by",
        "modified_at",
        "modified_by",
        "version",
        "relationships",
    ),
    immutable=("source",),
    permissions={"read": "metrics_read or telemetry_rules_read", "write": "telemetry_rules_create"},
    title="Governance tag rule",
    area="Access",
    tier=3,
    notes="Datadog may still change this API.",
)
