"""Team membership: https://docs.datadoghq.com/api/latest/teams/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="team_membership",
    api=jsonapi(
        "/api/v2/team/{team_id}/memberships",
        "team_memberships",
        id_in=(),
        read=None,
        update=Call("PATCH", "/api/v2/team/{team_id}/memberships/{relationships.user.data.id}"),
        delete=Call("DELETE", "/api/v2/team/{team_id}/memberships/{relationships.user.data.id}"),
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.pagination.total"),
        parent=("team_id", "team"),
    ),
    key=("team_id", "relationships.user.data.id"),
    read_only=("id", "provisioned_by", "provisioned_by_id", "relationships.team"),
    immutable=("team_id", "relationships.user"),
    references={"team_id": "team", "relationships.user.data.id": "user"},
    unmanaged={"provisioned_by": ("saml_mapping", "scim")},
    permissions={"read": "teams_read", "write": "teams_read"},
    asked_only=True,
    title="Team membership",
    area="Access",
    terraform=("datadog_team_membership",),
    notes="Members that come by SAML or SCIM are left alone.",
)
