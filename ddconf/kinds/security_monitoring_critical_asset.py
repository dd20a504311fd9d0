"""Security critical asset: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="security_monitoring_critical_asset",
    api=jsonapi("/api/v2/security_monitoring/configuration/critical_assets", "critical_assets", id_in=()),
    key=("query",),
    read_only=(
        "id",
        "creation_author_id",
        "creation_date",
        "creator",
        "editable",
        "update_author_id",
        "update_date",
        "updater",
        "version",
    ),
    defaults={"description": "", "enabled": True},
    unordered=("tags",),
    title="Security critical asset",
    area="Security",
    terraform=("datadog_security_monitoring_critical_asset",),
    tier=2,
)
