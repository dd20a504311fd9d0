"""Cloud SIEM entity context sync: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="security_entity_context_sync",
    api=jsonapi(
        "/api/v2/security_monitoring/configuration/integration_config", "integration_config", id_in=()
    ),
    read_only=("id", "created_at", "modified_at", "state"),
    secrets=("secrets", "secrets.client_secret", "secrets.service_account_json.private_key"),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Cloud SIEM entity context sync",
    area="Security",
    tier=3,
    notes="Datadog may still change this API.",
)
