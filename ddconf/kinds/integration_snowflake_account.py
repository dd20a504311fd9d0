"""Snowflake integration account: https://docs.datadoghq.com/api/latest/snowflake-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_snowflake_account",
    api=jsonapi("/api/v2/integration-interfaces/snowflake/accounts", "integration-account"),
    read_only=("id",),
    secrets=("authentication", "authentication.private_key", "authentication.private_key_passphrase"),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Snowflake integration account",
    area="Integrations",
    tier=3,
    notes="Datadog may still change this API.",
)
