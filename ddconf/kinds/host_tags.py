"""Tags of hosts: https://docs.datadoghq.com/api/latest/tags/"""

from collections import defaultdict

from ddconf.document import JSON
from ddconf.kind import Call, Kind, rest

_PATH = "/api/v1/tags/hosts"


def _by_host(answer: JSON) -> JSON:
    """The list says by tag which hosts have it."""
    found: dict[str, list[str]] = defaultdict(list)
    for tag, hosts in answer.get("tags", {}).items():
        for host in hosts:
            found[host].append(tag)
    return [{"host": host, "tags": tags} for host, tags in found.items()]


KIND = Kind(
    name="host_tags",
    api=rest(_PATH, create=Call("POST", f"{_PATH}/{{id}}"), items=_by_host),
    id="host",
    key=("host",),
    unordered=("tags",),
    immutable=("host",),
    opt_in="hosts come and go, and other sources tag them as well",
    permissions={"read": "hosts_read", "write": "hosts_write"},
    title="Tags of a host",
    area="Infrastructure",
    tier=2,
    notes="Only tags of the source `users`.",
)
