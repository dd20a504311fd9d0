"""Cloudflare account: https://docs.datadoghq.com/api/latest/cloudflare-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_cloudflare_account",
    api=jsonapi("/api/v2/integrations/cloudflare/accounts", "cloudflare-accounts", id_in=()),
    read_only=("id",),
    unordered=("resources",),
    secrets=("api_key",),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Cloudflare account",
    area="Integrations",
    terraform=("datadog_integration_cloudflare_account",),
    tier=3,
)
