"""Twilio integration account: https://docs.datadoghq.com/api/latest/twilio-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_twilio_account",
    api=jsonapi("/api/v2/integration-interfaces/twilio/accounts", "integration-account"),
    read_only=(
        "id",
        "dataflows.twilio-alerts-logs.status",
        "dataflows.twilio-call-summaries-logs.status",
        "dataflows.twilio-cloud-cost-metrics.status",
        "dataflows.twilio-events-logs.status",
        "dataflows.twilio-messages-logs.status",
    ),
    secrets=("authentication", "authentication.password"),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Twilio integration account",
    area="Integrations",
    tier=3,
    notes="Datadog may still change this API.",
)
