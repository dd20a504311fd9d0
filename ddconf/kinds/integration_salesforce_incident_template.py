"""Salesforce incident template: https://docs.datadoghq.com/api/latest/salesforce-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_salesforce_incident_template",
    api=jsonapi(
        "/api/v2/integration/salesforce-incidents/incident-templates",
        "salesforce-incidents-incident-template",
        read=None,
    ),
    unique_key=True,
    read_only=("id",),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Salesforce incident template",
    area="Integrations",
    tier=3,
)
