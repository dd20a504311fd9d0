"""WAF policy: https://docs.datadoghq.com/api/latest/application-security/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="appsec_waf_policy",
    api=jsonapi(
        "/api/v2/remote_config/products/asm/waf/policies",
        "policy",
        id_in=(),
        update=Call("PUT", "/api/v2/remote_config/products/asm/waf/policies/{id}"),
        merges=False,
    ),
    read_only=("id",),
    defaults={"version": 0, "isDefault": False},
    immutable=("basedOn",),
    title="WAF policy",
    area="Security",
    tier=3,
)
