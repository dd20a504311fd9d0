"""Custom compliance framework: https://docs.datadoghq.com/api/latest/security-monitoring/"""

from ddconf.document import JSON, Document
from ddconf.kind import Call, Kind, jsonapi

_PATH = "/api/v2/cloud_security_management/custom_frameworks"
_ONE = f"{_PATH}/{{handle}}/{{version}}"


def _update(framework: Document) -> JSON:
    """The key is in the path and in the body."""
    return {"data": {"type": "custom_framework", "attributes": framework}}


KIND = Kind(
    name="compliance_custom_framework",
    api=jsonapi(
        _PATH,
        "custom_framework",
        id_in=(),
        list=None,
        read=Call("GET", _ONE),
        update=Call("PUT", _ONE, body=_update),
        delete=Call("DELETE", _ONE),
        merges=False,
        gone={404: "", 400: ""},
    ),
    id="",
    key=("handle", "version"),
    unique_key=True,
    read_only=("id",),
    unordered=(
        "requirements",
        "requirements[*].controls",
        "requirements[*].controls[*].rules_id",
    ),
    immutable=("handle", "version"),
    references={"requirements[*].controls[*].rules_id[*]": "security_monitoring_rule"},
    permissions={
        "read": "security_monitoring_rules_read",
        "write": "security_monitoring_rules_read and security_monitoring_rules_write",
    },
    title="Custom compliance framework",
    area="Security",
    terraform=("datadog_compliance_custom_framework",),
    tier=3,
    notes="There is no list: only what is defined here is looked at. Each version is an object of its own.",
)
