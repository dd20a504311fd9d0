"""Google Cloud integration (STS): https://docs.datadoghq.com/api/latest/gcp-integration/"""

from ddconf.document import Document
from ddconf.kind import Kind, jsonapi

_FORMER = {"host_filters": "gce_instance", "cloud_run_revision_filters": "cloud_run_revision"}
"""Former fields, and the type of resource of which `monitored_resource_configs` has the filters now."""


def _canonicalize(account: Document) -> Document:
    """Answers tell the filters in both ways."""
    configs = {config["type"]: config for config in account.get("monitored_resource_configs") or ()}
    former = {
        type_: {"type": type_, "filters": account[name]}
        for name, type_ in _FORMER.items()
        if account.get(name)
    }
    kept = {key: value for key, value in account.items() if key not in _FORMER}
    return {**kept, "monitored_resource_configs": list({**former, **configs}.values())}


KIND = Kind(
    name="integration_gcp_sts",
    api=jsonapi("/api/v2/integration/gcp/accounts", "gcp_service_account", read=None),
    key=("client_email",),
    unique_key=True,
    read_only=("id",),
    defaults={
        "metric_namespace_configs": [{"id": "prometheus", "disabled": True}],
        "is_bq_datasets_monitoring_enabled": False,
        "is_bq_jobs_monitoring_enabled": False,
        "is_global_location_enabled": True,
        "is_org_folder_resource_collection_enabled": False,
        "is_per_project_quota_enabled": False,
        "is_resource_change_collection_enabled": False,
        "is_security_command_center_enabled": False,
        "automute": False,
        "is_cspm_enabled": False,
    },
    canonicalize=_canonicalize,
    computed=("resource_collection_enabled",),
    unordered=(
        "account_tags",
        "metric_namespace_configs",
        "metric_namespace_configs[*].filters",
        "monitored_resource_configs",
        "monitored_resource_configs[*].filters",
        "region_filter_configs",
    ),
    permissions={
        "read": "gcp_configuration_read",
        "write": "gcp_configuration_edit or gcp_configurations_manage",
    },
    title="Google Cloud integration (STS)",
    area="Integrations",
    terraform=("datadog_integration_gcp_sts",),
    tier=2,
)
