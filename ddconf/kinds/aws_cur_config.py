"""AWS CUR config: https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.kind import Kind, enveloped, jsonapi

KIND = Kind(
    name="aws_cur_config",
    api=jsonapi(
        "/api/v2/cost/aws_cur_config",
        "aws_cur_config",
        envelope=enveloped(
            "aws_cur_config",
            id_in=(),
            create="aws_cur_config_post_request",
            update="aws_cur_config_patch_request",
        ),
    ),
    key=("account_id", "report_name"),
    read_only=("id", "created_at", "error_messages", "status", "status_updated_at", "updated_at"),
    defaults={
        "months": 15,
    },
    immutable=("account_id", "bucket_name", "bucket_region", "months", "report_name", "report_prefix"),
    permissions={"read": "cloud_cost_management_read", "write": "cloud_cost_management_write"},
    title="AWS CUR config",
    area="Cost",
    terraform=("datadog_aws_cur_config",),
    tier=3,
)
