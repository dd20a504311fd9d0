"""Databricks integration account: https://docs.datadoghq.com/api/latest/databricks-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_databricks_account",
    api=jsonapi("/api/v2/integration-interfaces/databricks/accounts", "integration-account"),
    read_only=("id",),
    secrets=(
        "authentication",
        "authentication.client_secret",
        "dataflows.databricks-data-observability-jobs-monitoring.settings.dd_api_key_secret",
    ),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Databricks integration account",
    area="Integrations",
    tier=3,
    notes="Datadog may still change this API.",
)
