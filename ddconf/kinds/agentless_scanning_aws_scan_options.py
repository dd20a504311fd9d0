"""Agentless scanning options (aws): https://docs.datadoghq.com/api/latest/agentless-scanning/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="agentless_scanning_aws_scan_options",
    api=jsonapi("/api/v2/agentless_scanning/accounts/aws", "aws_scan_options", id_in=("create", "update")),
    key=("id",),
    immutable=("id",),
    title="Agentless scanning options (aws)",
    area="Security",
    terraform=("datadog_agentless_scanning_aws_scan_options",),
    tier=3,
)
