"""Incident user-defined role: https://docs.datadoghq.com/api/latest/incidents/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="incident_user_defined_role",
    api=jsonapi("/api/v2/incidents/config/user-defined-roles", "incident_user_defined_roles"),
    read_only=(
        "id",
        "created",
        "modified",
        "relationships.created_by_user",
        "relationships.last_modified_by_user",
    ),
    immutable=("relationships",),
    references={"relationships.incident_type.data.id": "incident_type"},
    title="Incident user-defined role",
    area="Service management",
    terraform=("datadog_incident_user_defined_role",),
    tier=3,
    notes="Datadog may still change this API.",
)
