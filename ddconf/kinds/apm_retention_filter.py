"""APM retention filter: https://docs.datadoghq.com/api/latest/apm-retention-filters/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="apm_retention_filter",
    api=jsonapi(
        "/api/v2/apm/config/retention-filters",
        "apm_retention_filter",
        update=Call("PUT", "/api/v2/apm/config/retention-filters/{id}"),
        merges=False,
    ),
    read_only=("id", "created_at", "created_by", "editable", "execution_order", "modified_at", "modified_by"),
    defaults={"trace_rate": 0.0},
    unmanaged={"editable": False},
    permissions={"read": "apm_retention_filter_read", "write": "apm_retention_filter_write"},
    title="APM retention filter",
    area="APM",
    terraform=("datadog_apm_retention_filter",),
    notes="Datadog's own filters are left alone; their order is in apm_retention_filter_order.",
)
