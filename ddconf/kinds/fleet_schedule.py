"""Agent upgrade schedule: https://docs.datadoghq.com/api/latest/fleet-automation/"""

from ddconf.kind import Call, Kind, jsonapi

_PATH = "/api/v2/fleet/schedules"
_WRITES = "/api/unstable/fleet/schedules"

KIND = Kind(
    name="fleet_schedule",
    api=jsonapi(
        _PATH,
        "schedule",
        id_in=(),
        create=Call("POST", _WRITES),
        update=Call("PATCH", f"{_WRITES}/{{id}}"),
        delete=Call("DELETE", f"{_WRITES}/{{id}}"),
    ),
    read_only=(
        "id",
        "created_at",
        "created_at_unix",
        "created_by",
        "is_default",
        "next_run",
        "notification_rule",
        "rule.interval",
        "updated_at",
        "updated_at_unix",
        "updated_by",
    ),
    permissions={"read": "hosts_read", "write": "agent_upgrade_write"},
    title="Agent upgrade schedule",
    area="Infrastructure",
    tier=3,
    notes="Datadog may still change this API.",
)
