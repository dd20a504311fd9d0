"""Agentless scanning options (azure): https://docs.datadoghq.com/api/latest/agentless-scanning/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="agentless_scanning_azure_scan_options",
    api=jsonapi(
        "/api/v2/agentless_scanning/accounts/azure", "azure_scan_options", id_in=("create", "update")
    ),
    key=("id",),
    defaults={"compliance_host": False},
    immutable=("id",),
    title="Agentless scanning options (azure)",
    area="Security",
    terraform=("datadog_agentless_scanning_azure_scan_options",),
    tier=3,
)
