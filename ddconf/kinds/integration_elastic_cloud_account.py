"""Elastic Cloud integration account: https://docs.datadoghq.com/api/latest/elastic-cloud-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_elastic_cloud_account",
    api=jsonapi("/api/v2/integration-interfaces/elastic-cloud/accounts", "integration-account"),
    read_only=(
        "id",
        "dataflows.elastic-cloud-detailed-index-stats.status",
        "dataflows.elastic-cloud-index-stats.status",
        "dataflows.elastic-cloud-metrics",
        "dataflows.elastic-cloud-pending-task-stats.status",
        "dataflows.elastic-cloud-primary-shard-graceful-timeout.status",
        "dataflows.elastic-cloud-primary-shard-stats.status",
        "dataflows.elastic-cloud-shard-allocation-stats.status",
        "dataflows.elastic-cloud-slm-stats.status",
    ),
    secrets=("authentication", "authentication.password"),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Elastic Cloud integration account",
    area="Integrations",
    tier=3,
    notes="Datadog may still change this API.",
)
