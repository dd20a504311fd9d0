"""Incident postmortem template: https://docs.datadoghq.com/api/latest/incidents/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="incident_postmortem_template",
    api=jsonapi("/api/v2/incidents/config/postmortem-templates", "postmortem_templates"),
    read_only=("id", "createdAt", "modifiedAt", "relationships.last_modified_by_user"),
    defaults={"location": "datadog_notebooks"},
    references={"relationships.incident_type.data.id": "incident_type"},
    title="Incident postmortem template",
    area="Service management",
    terraform=("datadog_incident_postmortem_template",),
    tier=3,
    notes="Datadog may still change this API.",
)
