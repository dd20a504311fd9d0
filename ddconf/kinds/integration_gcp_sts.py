"""Google Cloud integration (STS): https://docs.datadoghq.com/api/latest/gcp-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_gcp_sts",
    api=jsonapi("/api/v2/integration/gcp/accounts", "gcp_service_account", read=None),
    key=("client_email",),
    unique_key=True,
    read_only=("id",),
    defaults={
        "is_global_location_enabled": True,
        "is_org_folder_resource_collection_enabled": False,
        "is_per_project_quota_enabled": False,
        "is_resource_change_collection_enabled": False,
        "is_security_command_center_enabled": False,
        "automute": False,
        "is_cspm_enabled": False,
    },
    unordered=(
        "account_tags",
        "cloud_run_revision_filters",
        "host_filters",
        "metric_namespace_configs",
        "monitored_resource_configs",
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
