"""Tags of a network device: https://docs.datadoghq.com/api/latest/network-device-monitoring/"""

from ddconf.kind import Call, Kind, enveloped, singleton

_PATH = "/api/v2/ndm/tags/devices/{device_id}"

KIND = Kind(
    name="network_device_tags",
    api=singleton(_PATH, envelope=enveloped("tags"), update=Call("PATCH", _PATH)),
    id="device_id",
    key=("device_id",),
    read_only=("id", "by_source"),
    unordered=("tags",),
    immutable=("device_id",),
    opt_in="devices come and go, and other sources tag them as well",
    title="Tags of a network device",
    area="Infrastructure",
    tier=3,
    notes="There is no list: only what is defined here is looked at.",
)
