"""WAF policy: https://docs.datadoghq.com/api/latest/application-security/"""

from ddconf.document import Document
from ddconf.kind import Call, Kind, jsonapi


def _canonicalize(policy: Document) -> Document:
    """No version of the rules means the newest, which Datadog counts as -1 or 0."""
    newest = policy.get("version") in (-1, 0)
    return {key: value for key, value in policy.items() if key != "version" or not newest}


KIND = Kind(
    name="appsec_waf_policy",
    api=jsonapi(
        "/api/v2/remote_config/products/asm/waf/policies",
        "policy",
        id_in=(),
        update=Call("PUT", "/api/v2/remote_config/products/asm/waf/policies/{id}"),
        merges=False,
    ),
    read_only=("id",),
    defaults={"isDefault": False},
    canonicalize=_canonicalize,
    immutable=("basedOn",),
    secrets=("basedOn",),  # which policy it was copied from is never shown again
    title="WAF policy",
    area="Security",
    tier=3,
)
