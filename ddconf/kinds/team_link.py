"""Team link: https://docs.datadoghq.com/api/latest/teams/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="team_link",
    api=jsonapi("/api/v2/team/{team_id}/links", "team_links", id_in=(), parent=("team_id", "team")),
    key=("team_id", "label", "url"),
    read_only=("id",),
    immutable=("team_id",),
    references={"team_id": "team"},
    permissions={"read": "teams_read", "write": "teams_read"},
    title="Team link",
    area="Access",
    terraform=("datadog_team_link",),
    notes="`position` orders the links of a team.",
)
