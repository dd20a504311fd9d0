"""GCP usage cost config: https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.document import Document
from ddconf.kind import Kind, enveloped, jsonapi, translated

_SHOWN_AS = {"billing_account_id": "account_id", "export_dataset_name": "dataset"}
"""Two fields that answers call otherwise than bodies do."""


def _as_defined(config: Document) -> Document:
    named = {ours: config[theirs] for ours, theirs in _SHOWN_AS.items() if theirs in config}
    enabled = {"is_enabled": config["status"] != "archived"} if "status" in config else {}
    return {**named, **enabled, **config}


_ENVELOPE = enveloped(
    "gcp_uc_config",
    id_in=(),
    create="gcp_uc_config_post_request",
    update="gcp_uc_config_patch_request",
)

KIND = Kind(
    name="gcp_uc_config",
    api=jsonapi(
        "/api/v2/cost/gcp_uc_config",
        "gcp_uc_config",
        envelope=translated(_ENVELOPE, _as_defined),
    ),
    key=("billing_account_id",),
    read_only=(
        "id",
        "account_id",
        "created_at",
        "dataset",
        "error_messages",
        "months",
        "project_id",
        "status",
        "status_updated_at",
        "updated_at",
    ),
    defaults={"is_enabled": True},
    immutable=(
        "billing_account_id",
        "bucket_name",
        "export_dataset_name",
        "export_prefix",
        "export_project_name",
        "service_account",
    ),
    permissions={"read": "cloud_cost_management_read", "write": "cloud_cost_management_write"},
    title="GCP usage cost config",
    area="Cost",
    terraform=("datadog_gcp_uc_config",),
    tier=3,
)
