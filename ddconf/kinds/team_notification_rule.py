"""Team notification rule: https://docs.datadoghq.com/api/latest/teams/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="team_notification_rule",
    api=jsonapi(
        "/api/v2/team/{team_id}/notification-rules",
        "team_notification_rules",
        update=Call("PUT", "/api/v2/team/{team_id}/notification-rules/{id}"),
        merges=False,
        parent=("team_id", "team"),
    ),
    key=("team_id",),
    unique_key=True,
    read_only=("id",),
    defaults={"email.enabled": False},
    immutable=("team_id",),
    references={"team_id": "team"},
    permissions={"read": "teams_read", "write": "teams_read"},
    title="Team notification rule",
    area="Access",
    terraform=("datadog_team_notification_rule",),
    notes="A team has one at most.",
)
