"""Azure usage cost config: https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.kind import Kind, enveloped, jsonapi

KIND = Kind(
    name="azure_uc_config",
    api=jsonapi(
        "/api/v2/cost/azure_uc_config",
        "azure_uc_configs",
        envelope=enveloped(
            "azure_uc_configs",
            id_in=(),
            create="azure_uc_config_post_request",
            update="azure_uc_config_patch_request",
        ),
    ),
    key=("account_id", "scope"),
    read_only=("id", "configs"),
    immutable=("account_id", "actual_bill_config", "amortized_bill_config", "client_id", "scope"),
    permissions={"read": "cloud_cost_management_read", "write": "cloud_cost_management_write"},
    title="Azure usage cost config",
    area="Cost",
    terraform=("datadog_azure_uc_config",),
    tier=3,
)
