"""Security suppression: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="security_monitoring_suppression",
    api=jsonapi(
        "/api/v2/security_monitoring/configuration/suppressions",
        "suppressions",
        id_in=(),
        check=Call("POST", "/api/v2/security_monitoring/configuration/suppressions/validation"),
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.totalCount"),
    ),
    read_only=("id", "creation_date", "creator", "editable", "update_date", "updater", "version"),
    defaults={"data_exclusion_query": "", "description": "", "suppression_query": ""},
    unordered=("tags",),
    takes_mark=True,
    title="Security suppression",
    area="Security",
    terraform=("datadog_security_monitoring_suppression",),
    tier=2,
)
