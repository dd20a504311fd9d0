"""Incident user-defined field: https://docs.datadoghq.com/api/latest/incidents/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="incident_user_defined_field",
    api=jsonapi(
        "/api/v2/incidents/config/user-defined-fields",
        "user_defined_field",
        pages=Pages("page", "page[number]", "page[size]", limit=1000),
    ),
    read_only=(
        "id",
        "created",
        "deleted",
        "metadata",
        "modified",
        "reserved",
        "relationships.created_by_user",
        "relationships.last_modified_by_user",
    ),
    immutable=("name", "tag_key", "type", "relationships"),
    references={"relationships.incident_type.data.id": "incident_type"},
    permissions={"read": "incident_read", "write": "incident_settings_write"},
    title="Incident user-defined field",
    area="Service management",
    terraform=("datadog_incident_user_defined_field",),
    tier=3,
    notes="Datadog may still change this API.",
)
