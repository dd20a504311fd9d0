"""Team: https://docs.datadoghq.com/api/latest/teams/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="team",
    api=jsonapi(
        "/api/v2/team",
        "team",
        id_in=(),
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.pagination.total"),
    ),
    key=("handle",),
    unique_key=True,
    read_only=(
        "id",
        "created_at",
        "banner",
        "is_managed",
        "link_count",
        "modified_at",
        "summary",
        "user_count",
        "relationships",
    ),
    computed=("color",),
    unexported=("color",),
    unordered=("hidden_modules", "visible_modules"),
    handles=("@team-{handle}", "@oncall-{handle}"),
    permissions={"read": "teams_read", "write": "teams_manage and teams_read"},
    title="Team",
    area="Access",
    terraform=("datadog_team",),
    notes="Members, links, permission settings and notification rules are kinds of their own.",
)
