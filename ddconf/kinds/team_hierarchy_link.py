"""Team hierarchy link: https://docs.datadoghq.com/api/latest/teams/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="team_hierarchy_link",
    api=jsonapi(
        "/api/v2/team-hierarchy-links",
        "team_hierarchy_links",
        id_in=(),
        update=None,
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total"),
    ),
    key=("relationships.parent_team.data.id", "relationships.sub_team.data.id"),
    read_only=(
        "id",
        "created_at",
        "provisioned_by",
        "relationships.parent_team.data.attributes",
        "relationships.sub_team.data.attributes",
    ),
    references={"relationships.parent_team.data.id": "team", "relationships.sub_team.data.id": "team"},
    permissions={"read": "teams_read", "write": "teams_manage and teams_read"},
    title="Team hierarchy link",
    area="Access",
    terraform=("datadog_team_hierarchy_links",),
)
