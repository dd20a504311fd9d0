"""HAMR org connection: https://docs.datadoghq.com/api/latest/high-availability-multiregion/"""

from ddconf.kind import Call, Kind, enveloped, singleton

KIND = Kind(
    name="hamr_org_connection",
    api=singleton(
        "/api/v2/hamr",
        envelope=enveloped("hamr_org_connections", id_in=("create", "update")),
        update=Call("POST", "/api/v2/hamr"),
        create=Call("POST", "/api/v2/hamr"),
    ),
    key=("id",),
    read_only=("modified_at",),
    immutable=("id",),
    opt_in="it connects the organisation to its standby",
    asked_only=True,
    title="HAMR org connection",
    area="Infrastructure",
    tier=3,
    notes="`id` is the UUID of the organisation itself. Datadog may still change this API.",
)
