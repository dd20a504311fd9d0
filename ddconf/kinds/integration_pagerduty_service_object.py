"""PagerDuty service object: https://docs.datadoghq.com/api/latest/pagerduty-integration/"""

from ddconf.kind import Kind, rest

KIND = Kind(
    name="integration_pagerduty_service_object",
    api=rest("/api/v1/integration/pagerduty/configuration/services", list=None),
    id="service_name",
    key=("service_name",),
    immutable=("service_name",),
    secrets=("service_key",),
    handles=("@pagerduty-{service_name}",),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="PagerDuty service object",
    area="Integrations",
    terraform=("datadog_integration_pagerduty_service_object",),
    tier=2,
    notes="There is no list: one is found by its name. The key is never shown again.",
)
