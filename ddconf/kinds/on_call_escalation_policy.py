"""On-Call escalation policy: https://docs.datadoghq.com/api/latest/on-call/"""

from ddconf.kind import Call, Kind, enveloped, jsonapi

_PATH = "/api/v2/on-call/escalation-policies"

KIND = Kind(
    name="on_call_escalation_policy",
    api=jsonapi(
        _PATH,
        "policies",
        envelope=enveloped("policies", inline=("steps",)),
        read=Call("GET", f"{_PATH}/{{id}}", params={"include": "steps.targets"}),
        list=None,
        update=Call("PUT", f"{_PATH}/{{id}}"),
        merges=False,
    ),
    read_only=("id", "relationships.steps", "steps[*].id"),
    references={
        "relationships.teams.data[*].id": "team",
        "steps[*].targets[*].id": ("user", "team", "on_call_schedule"),
    },
    permissions={"read": "on_call_read", "write": "on_call_write"},
    title="On-Call escalation policy",
    area="Service management",
    terraform=("datadog_on_call_escalation_policy",),
    tier=2,
    notes="There is no list: one that the state does not know is named by `ddconf: {id: ...}`.",
)
