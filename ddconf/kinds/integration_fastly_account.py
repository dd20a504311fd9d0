"""Fastly account: https://docs.datadoghq.com/api/latest/fastly-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_fastly_account",
    api=jsonapi("/api/v2/integrations/fastly/accounts", "fastly-accounts", id_in=()),
    read_only=("id",),
    unordered=("services[*].tags",),
    immutable=("services",),
    secrets=("api_key",),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Fastly account",
    area="Integrations",
    terraform=("datadog_integration_fastly_account",),
    tier=3,
)
