"""On-Call schedule: https://docs.datadoghq.com/api/latest/on-call/"""

from ddconf.kind import Call, Kind, Pages, enveloped, jsonapi

_PATH = "/api/v2/on-call/schedules"

KIND = Kind(
    name="on_call_schedule",
    api=jsonapi(
        _PATH,
        "schedules",
        envelope=enveloped("schedules", inline=("layers",)),
        read=Call("GET", f"{_PATH}/{{id}}", params={"include": "layers,layers.members.user"}),
        summary=True,
        update=Call("PUT", f"{_PATH}/{{id}}"),
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total"),
        merges=False,
    ),
    read_only=(
        "id",
        "layers[*].applied_rotation_start",
        "layers[*].id",
        "layers[*].members[*].id",
        "layers[*].members[*].type",
        "layers[*].members[*].user.email",
        "layers[*].members[*].user.name",
        "layers[*].members[*].user.status",
        "layers[*].members[*].user.type",
        "layers[*].type",
        "relationships.layers",
        "tags",
    ),
    defaults={
        "layers[*].interval.seconds": 0,
        "layers[*].interval.days": 0,
    },
    references={"relationships.teams.data[*].id": "team", "layers[*].members[*].user.id": "user"},
    permissions={"read": "on_call_read", "write": "on_call_write"},
    title="On-Call schedule",
    area="Service management",
    terraform=("datadog_on_call_schedule",),
    tier=2,
)
