"""Incident notification template: https://docs.datadoghq.com/api/latest/incidents/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="incident_notification_template",
    api=jsonapi("/api/v2/incidents/config/notification-templates", "notification_templates"),
    read_only=(
        "id",
        "created",
        "modified",
        "relationships.created_by_user",
        "relationships.last_modified_by_user",
    ),
    immutable=("relationships",),
    references={"relationships.incident_type.data.id": "incident_type"},
    permissions={
        "read": "incident_notification_settings_read or incident_read",
        "write": "incident_notification_settings_write",
    },
    title="Incident notification template",
    area="Service management",
    terraform=("datadog_incident_notification_template",),
    tier=3,
    notes="Datadog may still change this API.",
)
