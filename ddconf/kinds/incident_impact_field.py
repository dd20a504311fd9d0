"""Incident impact field: https://docs.datadoghq.com/api/latest/incidents/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="incident_impact_field",
    api=jsonapi(
        "/api/v2/incidents/config/impact-fields",
        "impact_fields",
        id_in=(),
        read=None,
        update=Call("PUT", "/api/v2/incidents/config/impact-fields/{id}"),
        merges=False,
    ),
    read_only=("id", "relationships.created_by_user", "relationships.last_modified_by_user"),
    references={"relationships.incident_type.data.id": "incident_type"},
    permissions={"read": "incident_settings_read", "write": "incident_settings_write"},
    title="Incident impact field",
    area="Service management",
    tier=3,
    notes="Datadog may still change this API.",
)
