"""Statuspage account: https://docs.datadoghq.com/api/latest/statuspage-integration/"""

from ddconf.kind import Call, Kind, enveloped, singleton

KIND = Kind(
    name="integration_statuspage_account",
    api=singleton(
        "/api/v2/integration/statuspage/account",
        envelope=enveloped("statuspage-account", id_in=()),
        update=Call("PATCH", "/api/v2/integration/statuspage/account"),
        create=Call("POST", "/api/v2/integration/statuspage/account"),
        merges=True,
    ),
    key=(),
    secrets=("api_key",),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Statuspage account",
    area="Integrations",
    tier=3,
)
