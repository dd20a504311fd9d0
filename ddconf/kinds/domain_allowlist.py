"""Domain allowlist: https://docs.datadoghq.com/api/latest/domain-allowlist/"""

from ddconf.kind import Call, Kind, enveloped, singleton

KIND = Kind(
    name="domain_allowlist",
    api=singleton(
        "/api/v2/domain_allowlist",
        envelope=enveloped("domain_allowlist", id_in=()),
        update=Call("PATCH", "/api/v2/domain_allowlist"),
        merges=True,
    ),
    key=(),
    read_only=("id",),
    unordered=("domains",),
    permissions={"read": "org_management", "write": "org_management"},
    asked_only=True,
    title="Domain allowlist",
    area="Access",
    terraform=("datadog_domain_allowlist",),
    tier=2,
)
