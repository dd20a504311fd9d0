"""Microsoft Teams handle: https://docs.datadoghq.com/api/latest/microsoft-teams-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_ms_teams_tenant_based_handle",
    api=jsonapi(
        "/api/v2/integration/ms-teams/configuration/tenant-based-handles", "tenant-based-handle", id_in=()
    ),
    unique_key=True,
    read_only=("id", "channel_name", "team_name", "tenant_name"),
    handles=("@teams-{name}",),
    title="Microsoft Teams handle",
    area="Integrations",
    terraform=("datadog_integration_ms_teams_tenant_based_handle",),
    tier=2,
)
