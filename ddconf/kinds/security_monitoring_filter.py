"""Security filter: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="security_monitoring_filter",
    api=jsonapi("/api/v2/security_monitoring/configuration/security_filters", "security_filters", id_in=()),
    read_only=("id", "is_builtin", "version"),
    unmanaged={"is_builtin": True},
    permissions={"read": "security_monitoring_filters_read", "write": "security_monitoring_filters_write"},
    title="Security filter",
    area="Security",
    terraform=("datadog_security_monitoring_filter",),
    tier=2,
    notes="The built-in filter is left alone.",
)
