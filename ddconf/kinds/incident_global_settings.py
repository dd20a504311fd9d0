"""Global incident settings: https://docs.datadoghq.com/api/latest/incidents/"""

from ddconf.kind import Call, Kind, enveloped, singleton

KIND = Kind(
    name="incident_global_settings",
    api=singleton(
        "/api/v2/incidents/config/global/settings",
        envelope=enveloped("incidents_global_settings", id_in=()),
        update=Call("PATCH", "/api/v2/incidents/config/global/settings"),
        merges=True,
    ),
    key=(),
    read_only=("id", "created", "modified"),
    references={"analytics_dashboard_id": "dashboard"},
    asked_only=True,
    title="Global incident settings",
    area="Service management",
    tier=3,
    notes="Datadog may still change this API.",
)
