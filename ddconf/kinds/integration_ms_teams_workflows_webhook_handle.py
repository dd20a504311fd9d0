"""Microsoft Teams Workflows webhook handle: https://docs.datadoghq.com/api/latest/microsoft-teams-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_ms_teams_workflows_webhook_handle",
    api=jsonapi(
        "/api/v2/integration/ms-teams/configuration/workflows-webhook-handles",
        "workflows-webhook-handle",
        id_in=(),
    ),
    unique_key=True,
    read_only=("id",),
    secrets=("url",),
    handles=("@teams-{name}",),
    title="Microsoft Teams Workflows webhook handle",
    area="Integrations",
    terraform=("datadog_integration_ms_teams_workflows_webhook_handle",),
    tier=2,
    notes="The URL is never shown again.",
)
