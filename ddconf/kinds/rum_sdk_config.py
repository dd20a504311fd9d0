"""Remote configuration of a RUM SDK: https://docs.datadoghq.com/api/latest/rum-remote-config/"""

from ddconf.kind import Call, Kind, enveloped, singleton

_PATH = "/api/v2/remote_config/products/rum/configs/{config_id}"

KIND = Kind(
    name="rum_sdk_config",
    api=singleton(_PATH, envelope=enveloped("rum_sdk_config"), update=Call("PUT", _PATH)),
    id="config_id",
    key=("config_id",),
    read_only=("id", "rum.application_id"),
    immutable=("config_id",),
    title="RUM SDK configuration",
    area="Digital experience",
    tier=3,
    notes="It comes along with a RUM application, which knows its id. Datadog may still change this API.",
)
