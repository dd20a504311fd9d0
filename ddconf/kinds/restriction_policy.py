"""Who may do what with one object: https://docs.datadoghq.com/api/latest/restriction-policies/"""

from dataclasses import replace

from ddconf.document import JSON, Document
from ddconf.kind import Api, Call, Kind, enveloped

_PATH = "/api/v2/restriction_policy/{id}"
_OBJECTS = {
    "dashboard": "dashboard",
    "monitor": "monitor",
    "notebook": "notebook",
    "slo": "service_level_objective",
    "powerpack": "powerpack",
    "logs-pipeline": "logs_custom_pipeline",
    "security-rule": "security_monitoring_rule",
    "synthetics-global-variable": "synthetics_global_variable",
    "synthetics-private-location": "synthetics_private_location",
    "integration-webhook": "webhook",
    "reference-table": "reference_table",
    "on-call-schedule": "on_call_schedule",
    "on-call-escalation-policy": "on_call_escalation_policy",
    "workflow": "workflow_automation",
    "app-builder-app": "app_builder_app",
    "connection": "action_connection",
}

_ENVELOPE = enveloped("restriction_policy", id_in=("create", "update"))


def _unwrap(answer: JSON) -> Document:
    """An object without a policy is shown with an empty one."""
    shown = _ENVELOPE.unwrap(answer)
    return shown if shown.get("bindings") else {}


KIND = Kind(
    name="restriction_policy",
    api=Api(
        envelope=replace(_ENVELOPE, unwrap=_unwrap),
        read=Call("GET", _PATH),
        create=Call("POST", _PATH),
        update=Call("POST", _PATH),
        delete=Call("DELETE", _PATH),
    ),
    key=("id",),
    unordered=("bindings", "bindings[*].principals"),
    immutable=("id",),
    mentions={
        "id": "|".join(f"{prefix}:(?P<{kind}>.+)" for prefix, kind in _OBJECTS.items()),
        "bindings[*].principals[*]": "role:(?P<role>.+)|team:(?P<team>.+)|user:(?P<user>.+)",
    },
    permissions={"read": "user_access_read", "write": "user_access_manage"},
    title="Restriction policy",
    area="Access",
    terraform="datadog_restriction_policy",
    notes="The `id` names the object, as in `dashboard:${dashboard.web}`; export does not find them.",
)
