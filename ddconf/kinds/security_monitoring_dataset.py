"""Security dataset: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.kind import Kind, Pages, enveloped, jsonapi

KIND = Kind(
    name="security_monitoring_dataset",
    api=jsonapi(
        "/api/v2/security_monitoring/datasets",
        "dataset",
        envelope=enveloped("dataset", id_in=(), create="datasetCreate", update="datasetUpdate"),
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.totalCount", first=1),
    ),
    key=("definition.name",),
    read_only=(
        "id",
        "createdAt",
        "createdByHandle",
        "createdByName",
        "isDefault",
        "isDeprecated",
        "modifiedAt",
        "name",
        "updatedByHandle",
        "updatedByName",
    ),
    permissions={
        "read": "security_monitoring_dataset_read or security_monitoring_rules_read",
        "write": "security_monitoring_dataset_write or security_monitoring_rules_write",
    },
    title="Security dataset",
    area="Security",
    tier=3,
    notes="Datadog may still change this API.",
)
