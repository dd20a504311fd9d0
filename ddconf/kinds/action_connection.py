"""Action connection: https://docs.datadoghq.com/api/latest/action-connection/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="action_connection",
    api=jsonapi("/api/v2/actions/connections", "action_connection", id_in=(), list=None, items=""),
    read_only=(
        "id",
        "acting_user_can_resolve",
        "created_at",
        "external_secrets_manager",
        "integration.credentials.external_id",
        "integration.credentials.principal_id",
        "is_favorite",
        "last_updated",
        "relationships",
    ),
    unordered=("tags",),
    secrets=(
        "integration.credentials.access_token",
        "integration.credentials.api_key",
        "integration.credentials.api_password",
        "integration.credentials.api_token",
        "integration.credentials.app_key",
        "integration.credentials.tokens[*].value",
        "integration.credentials.client_secret",
        "integration.credentials.global_api_key",
        "integration.credentials.password",
        "integration.credentials.private_key",
        "integration.credentials.sdk_key",
    ),
    permissions={"write": "connection_write"},
    title="Action connection",
    area="Service management",
    terraform=("datadog_action_connection",),
    tier=2,
    notes="There is no list: one that the state does not know is named by `ddconf: {id: ...}`.",
)
