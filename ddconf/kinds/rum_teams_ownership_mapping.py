"""RUM view ownership mapping: https://docs.datadoghq.com/api/latest/rum-teams-ownership/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="rum_teams_ownership_mapping",
    api=jsonapi(
        "/api/v2/rum/config/teams-ownership/mappings", "teams_ownership_mappings", id_in=(), update=None
    ),
    key=("view_name", "team_handle"),
    read_only=("id", "created_at", "created_by", "org_id"),
    defaults={"match_type": "exact"},
    references={
        "application_id": "rum_application",
        "team_handle": "team.handle",
    },
    title="RUM view ownership mapping",
    area="Digital experience",
    tier=3,
    notes="Datadog may still change this API.",
)
