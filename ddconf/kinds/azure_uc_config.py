"""Azure usage cost config: https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.document import Document
from ddconf.kind import Kind, enveloped, jsonapi, translated

_BILLS = {"actual": "actual_bill_config", "amortized": "amortized_bill_config"}
_BILL = ("export_name", "export_path", "storage_account", "storage_container")
_ACCOUNT = ("account_id", "client_id", "scope")


def _as_defined(shown: Document) -> Document:
    """An answer has a configuration per sort of bill, each with the account that a body names once.

    One that is turned off shows as archived.
    """
    configs = {config.get("dataset_type"): config for config in shown.get("configs") or ()}
    bills = {
        name: {field: configs[sort][field] for field in _BILL if field in configs[sort]}
        for sort, name in _BILLS.items()
        if sort in configs
    }
    account = {field: config[field] for config in configs.values() for field in _ACCOUNT if field in config}
    states = {config["status"] for config in configs.values() if "status" in config}
    enabled = {"is_enabled": states != {"archived"}} if states else {}
    return {**account, **bills, **enabled, **shown}


_ENVELOPE = enveloped(
    "azure_uc_configs",
    id_in=(),
    create="azure_uc_config_post_request",
    update="azure_uc_config_patch_request",
)

KIND = Kind(
    name="azure_uc_config",
    api=jsonapi(
        "/api/v2/cost/azure_uc_config",
        "azure_uc_configs",
        envelope=translated(_ENVELOPE, _as_defined),
    ),
    key=("account_id", "scope"),
    read_only=("id", "configs"),
    defaults={"is_enabled": True},
    immutable=("account_id", "actual_bill_config", "amortized_bill_config", "client_id", "scope"),
    permissions={"read": "cloud_cost_management_read", "write": "cloud_cost_management_write"},
    title="Azure usage cost config",
    area="Cost",
    terraform=("datadog_azure_uc_config",),
    tier=3,
)
