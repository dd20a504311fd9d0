"""AWS account integration: https://docs.datadoghq.com/api/latest/aws-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_aws_account",
    api=jsonapi("/api/v2/integration/aws/accounts", "account"),
    key=("aws_account_id",),
    unique_key=True,
    read_only=(
        "id",
        "created_at",
        "modified_at",
    ),
    defaults={
        "aws_regions": {"include_all": True},
        "metrics_config.collect_cloudwatch_alarms": True,
        "metrics_config.collect_custom_metrics": True,
        "metrics_config.namespace_filters": {"exclude_only": ["AWS/SQS", "AWS/ElasticMapReduce"]},
    },
    computed=("auth_config.external_id",),
    unexported=("auth_config.external_id",),
    unordered=("account_tags", "aws_regions.include_only", "metrics_config.tag_filters[*].tags"),
    secrets=("auth_config.secret_access_key",),
    permissions={
        "read": "aws_configuration_read",
        "write": "aws_configuration_edit or aws_configurations_manage",
    },
    title="AWS account integration",
    area="Integrations",
    terraform=("datadog_integration_aws_account",),
    tier=2,
    notes="Datadog chooses the external id of a role, unless the definition has one.",
)
