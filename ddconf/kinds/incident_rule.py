"""Incident automation rule: https://docs.datadoghq.com/api/latest/incidents/"""

from ddconf.kind import Kind, enveloped, jsonapi

KIND = Kind(
    name="incident_rule",
    api=jsonapi(
        "/api/v2/incidents/config/rules",
        "incidents_rules",
        envelope=enveloped("incidents_rules", create="incident_rules", update="incident_rules"),
    ),
    key=("task_id",),
    read_only=(
        "id",
        "created",
        "created_by_uuid",
        "deleted",
        "incident_settings_association_uuid",
        "modified",
        "modified_by_uuid",
        "org_id",
    ),
    immutable=(
        "condition_table_type",
        "execution_type",
        "incident_type_uuid",
        "match_any_condition",
        "task_id",
    ),
    references={"incident_type_uuid": "incident_type"},
    permissions={
        "read": "incident_notification_settings_read or incident_settings_read",
        "write": "incident_notification_settings_write or incident_settings_write",
    },
    title="Incident automation rule",
    area="Service management",
    tier=3,
    notes="Datadog may still change this API.",
)
