"""CSM ownership settings: https://docs.datadoghq.com/api/latest/csm-ownership/"""

from ddconf.kind import Call, Kind, enveloped, singleton

KIND = Kind(
    name="csm_ownership_settings",
    api=singleton(
        "/api/v2/csm/ownership/settings",
        envelope=enveloped("ownership_settings", id_in=()),
        update=Call("POST", "/api/v2/csm/ownership/settings"),
    ),
    key=(),
    read_only=("id", "version"),
    asked_only=True,
    title="CSM ownership settings",
    area="Security",
    tier=3,
    notes="Datadog may still change this API.",
)
