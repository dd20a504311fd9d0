"""Which policy a team's pages go to: https://docs.datadoghq.com/api/latest/on-call/"""

from ddconf.kind import Api, Call, Kind, enveloped

_PATH = "/api/v2/on-call/teams/{team_id}/routing-rules"

KIND = Kind(
    name="on_call_team_routing_rules",
    api=Api(
        envelope=enveloped("team_routing_rules", inline=("rules",), id_in=()),
        read=Call("GET", _PATH, params={"include": "rules"}),
        create=Call("PUT", _PATH),
        update=Call("PUT", _PATH),
        parent=("team_id", "team"),
    ),
    id="team_id",
    key=("team_id",),
    read_only=("id", "relationships", "rules[*].id"),
    immutable=("team_id",),
    references={
        "team_id": "team",
        "rules[*].policy_id": "on_call_escalation_policy",
        "rules[*].actions[*].policy_id": "on_call_escalation_policy",
        "rules[*].actions[*].destination_team_id": "team",
    },
    permissions={"read": "on_call_read", "write": "on_call_write"},
    title="On-call routing rules of a team",
    area="Service management",
    terraform=("datadog_on_call_team_routing_rules",),
    tier=2,
    notes="A team has one list of rules; removed from the definitions it stays as it is.",
)
