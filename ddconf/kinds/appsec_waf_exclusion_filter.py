"""WAF exclusion filter: https://docs.datadoghq.com/api/latest/application-security/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="appsec_waf_exclusion_filter",
    api=jsonapi(
        "/api/v2/remote_config/products/asm/waf/exclusion_filters",
        "exclusion_filter",
        id_in=(),
        update=Call("PUT", "/api/v2/remote_config/products/asm/waf/exclusion_filters/{id}"),
        merges=False,
    ),
    key=("description",),
    read_only=("id", "event_query", "metadata", "search_query"),
    permissions={"read": "appsec_protect_read", "write": "appsec_protect_write"},
    title="WAF exclusion filter",
    area="Security",
    terraform=("datadog_appsec_waf_exclusion_filter",),
    tier=3,
)
