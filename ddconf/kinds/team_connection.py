"""Team connection (external source): https://docs.datadoghq.com/api/latest/teams/"""

from dataclasses import replace

from ddconf.kind import Call, Kind, Pages, enveloped, jsonapi

_ENVELOPE = enveloped("team_connection")

KIND = Kind(
    name="team_connection",
    api=jsonapi(
        "/api/v2/team/connections",
        "team_connection",
        envelope=replace(_ENVELOPE, wrap=lambda link, id_: {"data": [_ENVELOPE.wrap(link, id_)["data"]]}),
        read=None,
        update=None,
        delete=Call(
            "DELETE",
            "/api/v2/team/connections",
            body=lambda link: {"data": [{"type": "team_connection", "id": link["id"]}]},
        ),
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total"),
    ),
    key=("relationships.team.data.id", "relationships.connected_team.data.id"),
    unique_key=True,
    read_only=("id",),
    computed=("managed_by",),
    unexported=("managed_by",),
    references={"relationships.team.data.id": "team"},
    defaults={"source": "github"},
    permissions={"read": "teams_read", "write": "teams_read"},
    title="Team connection (external source)",
    area="Access",
    terraform=("datadog_team_connection",),
    tier=3,
)
