"""RUM organization config: https://docs.datadoghq.com/api/latest/rum-config/"""

from ddconf.kind import Call, Kind, enveloped, singleton

KIND = Kind(
    name="rum_config",
    api=singleton(
        "/api/v2/rum/config",
        envelope=enveloped("rum_config", id_in=()),
        update=Call("PATCH", "/api/v2/rum/config"),
        create=Call("POST", "/api/v2/rum/config"),
        merges=True,
    ),
    key=(),
    read_only=(
        "id",
        "disabled",
        "enforced_application_tags_updated_at",
        "enforced_application_tags_updated_by",
        "ootb_metrics_version",
        "ootb_metrics_version_installed_at",
        "retention_filters_enabled",
        "retention_filters_enabled_updated_at",
        "retention_filters_enabled_updated_by",
    ),
    asked_only=True,
    title="RUM organization config",
    area="Digital experience",
    tier=3,
    notes="Datadog may still change this API.",
)
