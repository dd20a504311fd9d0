"""Okta account: https://docs.datadoghq.com/api/latest/okta-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_okta_account",
    api=jsonapi("/api/v2/integrations/okta/accounts", "okta-accounts", id_in=()),
    read_only=("id",),
    immutable=("name",),
    secrets=("api_key", "client_secret"),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Okta account",
    area="Integrations",
    tier=3,
)
