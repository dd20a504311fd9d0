"""WAF custom rule: https://docs.datadoghq.com/api/latest/application-security/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="appsec_waf_custom_rule",
    api=jsonapi(
        "/api/v2/remote_config/products/asm/waf/custom_rules",
        "custom_rule",
        id_in=(),
        update=Call("PUT", "/api/v2/remote_config/products/asm/waf/custom_rules/{id}"),
        merges=False,
    ),
    read_only=("id", "metadata"),
    defaults={"action.action": "block_request", "action.parameters.status_code": 403},
    title="WAF custom rule",
    area="Security",
    terraform=("datadog_appsec_waf_custom_rule",),
    tier=3,
)
