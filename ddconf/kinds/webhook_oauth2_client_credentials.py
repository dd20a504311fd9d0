"""Webhook OAuth2 client credentials: https://docs.datadoghq.com/api/latest/webhooks-integration/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="webhook_oauth2_client_credentials",
    api=jsonapi(
        "/api/v2/integration/webhooks/configuration/auth-method/oauth2-client-credentials",
        "webhooks-auth-method-oauth2-client-credentials",
        id_in=(),
        list=Call("GET", "/api/v2/integration/webhooks/configuration/auth-method"),
        summary=True,
    ),
    read_only=("id", "protocol"),
    secrets=("client_secret",),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Webhook OAuth2 client credentials",
    area="Integrations",
    terraform=("datadog_webhook_oauth2_client_credentials",),
    tier=2,
)
