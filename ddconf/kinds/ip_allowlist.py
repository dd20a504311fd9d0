"""IP allowlist: https://docs.datadoghq.com/api/latest/ip-allowlist/"""

from ddconf.document import Document, copy, find, get, parse_path, put
from ddconf.kind import Call, Kind, enveloped, singleton


def _canonicalize(document: Document) -> Document:
    """Datadog writes one address as a network of one."""
    canonical_form: Document = copy(document)
    for path in find(canonical_form, parse_path("entries[*].data.attributes.cidr_block")):
        if "/" not in (address := str(get(canonical_form, path))):
            put(canonical_form, path, f"{address}/{128 if ':' in address else 32}")
    return canonical_form


KIND = Kind(
    name="ip_allowlist",
    api=singleton(
        "/api/v2/ip_allowlist",
        envelope=enveloped("ip_allowlist", id_in=()),
        update=Call("PATCH", "/api/v2/ip_allowlist"),
        merges=True,
    ),
    key=(),
    read_only=(
        "id",
        "entries[*].data.id",
        "entries[*].data.attributes.created_at",
        "entries[*].data.attributes.modified_at",
        "entries[*].data.attributes.last_modified_at",
        "entries[*].data.attributes.user_id",
        "entries[*].data.attributes.included_ips",
    ),
    canonicalize=_canonicalize,
    unordered=("entries",),
    opt_in="a wrong list locks everybody out",
    permissions={"read": "org_management", "write": "org_management"},
    asked_only=True,
    title="IP allowlist",
    area="Access",
    terraform=("datadog_ip_allowlist",),
    tier=2,
)
