"""Team permission setting: https://docs.datadoghq.com/api/latest/teams/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="team_permission_setting",
    api=jsonapi(
        "/api/v2/team/{team_id}/permission-settings",
        "team_permission_settings",
        id_in=(),
        create=None,
        read=None,
        update=Call("PUT", "/api/v2/team/{team_id}/permission-settings/{action}"),
        delete=None,
        merges=False,
        parent=("team_id", "team"),
    ),
    key=("team_id", "action"),
    read_only=("id", "editable", "options", "title"),
    immutable=("team_id", "action"),
    references={"team_id": "team"},
    permissions={"read": "teams_read", "write": "teams_read"},
    title="Team permission setting",
    area="Access",
    terraform=("datadog_team_permission_setting",),
    notes="There is one for each team and action; only `value` can be changed.",
)
