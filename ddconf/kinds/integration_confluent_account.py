"""Confluent account: https://docs.datadoghq.com/api/latest/confluent-cloud/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_confluent_account",
    api=jsonapi("/api/v2/integrations/confluent-cloud/accounts", "confluent-cloud-accounts", id_in=()),
    key=("api_key",),
    read_only=("id",),
    defaults={
        "resources[*].enable_custom_metrics": False,
    },
    unordered=("resources[*].tags", "tags"),
    immutable=("resources",),
    secrets=("api_secret",),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Confluent account",
    area="Integrations",
    terraform=("datadog_integration_confluent_account",),
    tier=3,
)
