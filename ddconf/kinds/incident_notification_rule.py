"""Incident notification rule: https://docs.datadoghq.com/api/latest/incidents/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="incident_notification_rule",
    api=jsonapi(
        "/api/v2/incidents/config/notification-rules",
        "incident_notification_rules",
        update=Call("PUT", "/api/v2/incidents/config/notification-rules/{id}"),
        merges=False,
    ),
    key=("trigger",),
    read_only=(
        "id",
        "created",
        "modified",
        "relationships.created_by_user",
        "relationships.last_modified_by_user",
    ),
    defaults={"enabled": False, "visibility": "organization"},
    references={
        "relationships.incident_type.data.id": "incident_type",
        "relationships.notification_template.data.id": "incident_notification_template",
    },
    permissions={
        "read": "incident_notification_settings_read",
        "write": "incident_notification_settings_write",
    },
    title="Incident notification rule",
    area="Service management",
    terraform=("datadog_incident_notification_rule",),
    tier=3,
    notes="Datadog may still change this API.",
)
