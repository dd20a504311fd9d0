"""Organization config value: https://docs.datadoghq.com/api/latest/organizations/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="org_config",
    api=jsonapi(
        "/api/v2/org_configs",
        "org_configs",
        id_in=(),
        create=None,
        read=Call("GET", "/api/v2/org_configs/{name}"),
        update=Call("PATCH", "/api/v2/org_configs/{name}"),
        delete=None,
    ),
    read_only=("id", "description", "modified_at", "value_type"),
    immutable=("name",),
    permissions={"write": "org_management"},
    asked_only=True,
    title="Organization config value",
    area="Access",
    tier=3,
)
