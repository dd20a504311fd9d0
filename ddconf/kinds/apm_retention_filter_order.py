"""The order of APM retention filters: https://docs.datadoghq.com/api/latest/apm-retention-filters/"""

from ddconf.kind import Api, Call, Kind, ordered

_PATH = "/api/v2/apm/config/retention-filters"

KIND = Kind(
    name="apm_retention_filter_order",
    api=Api(
        envelope=ordered("apm_retention_filter"),
        read=Call("GET", _PATH),
        update=Call("PUT", f"{_PATH}-execution-order"),
    ),
    key=(),
    references={"ids[*]": "apm_retention_filter"},
    shared_lists=("ids",),
    permissions={"read": "apm_retention_filter_read", "write": "apm_retention_filter_write"},
    title="Order of APM retention filters",
    area="APM",
    terraform=("datadog_apm_retention_filter_order",),
    notes="List only your own filters in `ids`: those of Datadog keep their places.",
)
