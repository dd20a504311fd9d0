"""Opsgenie account: https://docs.datadoghq.com/api/latest/opsgenie-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_opsgenie_account",
    api=jsonapi("/api/v2/integration/opsgenie/accounts", "opsgenie-account", read=None),
    key=("region",),
    read_only=("id",),
    secrets=("api_key",),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Opsgenie account",
    area="Integrations",
    tier=3,
)
