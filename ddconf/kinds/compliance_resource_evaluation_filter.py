"""Compliance resource evaluation filters: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.kind import Kind, enveloped, singleton

KIND = Kind(
    name="compliance_resource_evaluation_filter",
    api=singleton(
        "/api/v2/cloud_security_management/resource_filters",
        envelope=enveloped("csm_resource_filter", id_in=()),
    ),
    key=(),
    read_only=(
        "id",
        "uuid",
    ),
    permissions={"read": "security_monitoring_filters_read", "write": "security_monitoring_filters_write"},
    asked_only=True,
    title="Compliance resource evaluation filters",
    area="Security",
    terraform=("datadog_compliance_resource_evaluation_filter",),
    tier=3,
)
