"""Governance control: https://docs.datadoghq.com/api/latest/governance-console/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="governance_control",
    api=jsonapi("/api/v2/governance/control", "governance_control", id_in=(), create=None, delete=None),
    key=("id",),
    read_only=(
        "active_detections_count",
        "category",
        "created_at",
        "created_by",
        "description",
        "detection_frequency",
        "insights",
        "last_detection_at",
        "mitigated_detections_count",
        "mitigations",
        "name",
        "priority",
        "product",
        "resource_type",
        "resource_type_display_name",
        "supported_detection_parameters",
        "type",
        "usage_concern",
    ),
    immutable=("id",),
    permissions={
        "read": "governance_console_read",
        "write": "governance_console_read and governance_console_write",
    },
    asked_only=True,
    title="Governance control",
    area="Access",
    terraform=("datadog_governance_control",),
    tier=3,
    notes="Datadog may still change this API.",
)
