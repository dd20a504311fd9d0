"""Tags of an interface of a network device: https://docs.datadoghq.com/api/latest/network-device-monitoring/"""

from ddconf.kind import Call, Kind, enveloped, singleton

_PATH = "/api/v2/ndm/tags/interfaces/{interface_id}"

KIND = Kind(
    name="network_interface_tags",
    api=singleton(_PATH, envelope=enveloped("tags"), update=Call("PATCH", _PATH)),
    id="interface_id",
    key=("interface_id",),
    read_only=("id", "by_source"),
    unordered=("tags",),
    immutable=("interface_id",),
    opt_in="interfaces come and go, and other sources tag them as well",
    title="Tags of a network interface",
    area="Infrastructure",
    tier=3,
    notes="The id is that of the device, a colon and the index of the interface. There is no list.",
)
