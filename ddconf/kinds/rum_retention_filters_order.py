"""The order of RUM retention filters: https://docs.datadoghq.com/api/latest/rum-retention-filters/"""

from ddconf.kind import Api, Call, Kind, ordered

_PATH = "/api/v2/rum/applications/{app_id}"

KIND = Kind(
    name="rum_retention_filters_order",
    api=Api(
        envelope=ordered("retention_filters"),
        read=Call("GET", f"{_PATH}/retention_filters"),
        update=Call("PATCH", f"{_PATH}/relationships/retention_filters"),
        parent=("app_id", "rum_application"),
    ),
    id="app_id",
    key=("app_id",),
    immutable=("app_id",),
    references={"app_id": "rum_application", "ids[*]": "rum_retention_filter"},
    shared_lists=("ids",),
    permissions={"read": "rum_retention_filters_read", "write": "rum_retention_filters_write"},
    title="Order of RUM retention filters",
    area="Digital experience",
    terraform=("datadog_rum_retention_filters_order",),
    tier=2,
    notes="One for each application. List only your own filters in `ids`: others keep their places.",
)
