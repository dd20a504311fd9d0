"""Opsgenie service object: https://docs.datadoghq.com/api/latest/opsgenie-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_opsgenie_service_object",
    api=jsonapi("/api/v2/integration/opsgenie/services", "opsgenie-service"),
    read_only=("id",),
    secrets=("opsgenie_api_key",),
    handles=("@opsgenie-{name}",),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Opsgenie service object",
    area="Integrations",
    terraform=("datadog_integration_opsgenie_service_object",),
    tier=2,
    notes="The key is never shown again.",
)
