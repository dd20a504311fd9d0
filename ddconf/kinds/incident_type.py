"""Incident type: https://docs.datadoghq.com/api/latest/incidents/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="incident_type",
    api=jsonapi("/api/v2/incidents/config/types", "incident_types"),
    read_only=(
        "id",
        "configuration",
        "createdAt",
        "createdBy",
        "lastModifiedBy",
        "modifiedAt",
        "prefix",
        "relationships",
    ),
    defaults={
        "configuration.allow_incident_deletion": False,
        "configuration.allow_workflows": True,
        "configuration.editable_timestamps": False,
        "configuration.private_incidents": False,
        "configuration.private_incidents_by_default": False,
        "configuration.slug_source": "default",
        "configuration.test_incidents": True,
        "is_default": False,
    },
    permissions={"read": "incident_read or incident_settings_read", "write": "incident_settings_write"},
    title="Incident type",
    area="Service management",
    terraform=("datadog_incident_type",),
    tier=3,
    notes="Datadog may still change this API.",
)
