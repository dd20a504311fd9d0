"""Monitor configuration policy: https://docs.datadoghq.com/api/latest/monitors/"""

from ddconf.document import JSON, Document
from ddconf.kind import Call, Kind, jsonapi

_PATH, _TYPE = "/api/v2/monitor/policy", "monitor-config-policy"


def _update(policy: Document) -> JSON:
    """An update must name the type again, though it cannot change."""
    attributes = {key: policy[key] for key in ("policy_type", "policy") if key in policy}
    return {"data": {"id": policy["id"], "type": _TYPE, "attributes": attributes}}


KIND = Kind(
    name="monitor_config_policy",
    api=jsonapi(_PATH, _TYPE, update=Call("PATCH", f"{_PATH}/{{id}}", body=_update)),
    key=("policy.tag_key",),
    read_only=("id",),
    immutable=("policy_type",),
    permissions={"read": "monitors_read", "write": "monitor_config_policy_write"},
    title="Monitor configuration policy",
    area="Monitors",
    terraform=("datadog_monitor_config_policy",),
)
