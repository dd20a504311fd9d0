"""AWS Cloud Cost Management config: https://docs.datadoghq.com/api/latest/aws-integration/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="integration_aws_account_ccm_config",
    api=jsonapi(
        "/api/v2/integration/aws/accounts/{aws_account_config_id}/ccm_config",
        "ccm_config",
        id_in=(),
        list=None,
        read=Call("GET", "/api/v2/integration/aws/accounts/{aws_account_config_id}/ccm_config"),
        update=Call("PATCH", "/api/v2/integration/aws/accounts/{aws_account_config_id}/ccm_config"),
        delete=Call("DELETE", "/api/v2/integration/aws/accounts/{aws_account_config_id}/ccm_config"),
        items="",
        parent=("aws_account_config_id", "integration_aws_account"),
    ),
    key=("aws_account_config_id",),
    read_only=("id", "data_export_configs"),
    immutable=("aws_account_config_id",),
    references={"aws_account_config_id": "integration_aws_account"},
    permissions={"read": "aws_configuration_read", "write": "aws_configuration_edit"},
    title="AWS Cloud Cost Management config",
    area="Integrations",
    terraform=("datadog_integration_aws_account_ccm_config",),
    tier=3,
    notes="Datadog may still change this API.",
)
