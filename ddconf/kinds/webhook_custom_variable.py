"""Webhook custom variable: https://docs.datadoghq.com/api/latest/webhooks-integration/"""

from ddconf.kind import Kind, rest

KIND = Kind(
    name="webhook_custom_variable",
    api=rest("/api/v1/integration/webhooks/configuration/custom-variables", list=None, merges=True),
    id="name",
    secrets=("value",),
    secret_if={"value": "is_secret"},
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Webhook custom variable",
    area="Integrations",
    terraform=("datadog_webhook_custom_variable",),
    tier=2,
    notes="There is no list: one is found by its name. A secret value is never shown again.",
)
