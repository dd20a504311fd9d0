"""Cloud auth aws persona mapping: https://docs.datadoghq.com/api/latest/cloud-authentication/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="cloud_auth_aws_persona_mapping",
    api=jsonapi("/api/v2/cloud_auth/aws/persona_mapping", "aws_cloud_auth_config", id_in=(), update=None),
    key=("account_identifier", "arn_pattern"),
    read_only=("id", "account_uuid"),
    title="Cloud auth aws persona mapping",
    area="Security",
    tier=3,
    notes="Datadog may still change this API.",
)
