"""Who may do what with one object: https://docs.datadoghq.com/api/latest/restriction-policies/"""

from dataclasses import replace

from ddconf.document import JSON, Document
from ddconf.kind import Api, Call, Kind, enveloped

_PATH = "/api/v2/restriction_policy/{id}"
_RESTRICTED = (
    "action_connection",
    "app_builder_app",
    "case_project",
    "dashboard",
    "feature_flag",
    "logs_custom_pipeline",
    "monitor",
    "monitor_notification_rule",
    "notebook",
    "on_call_escalation_policy",
    "on_call_schedule",
    "on_call_team_routing_rules",
    "org_connection",
    "powerpack",
    "reference_table",
    "rum_application",
    "security_monitoring_rule",
    "service_level_objective",
    "status_page",
    "synthetics_api_test",
    "synthetics_browser_test",
    "synthetics_global_variable",
    "synthetics_mobile_test",
    "synthetics_network_test",
    "synthetics_private_location",
    "webhook",
    "workflow_automation",
)
"""Kinds whose objects a policy can be for; its id is a type of Datadog's and theirs, joined by a colon."""

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
    references={"id": _RESTRICTED, "bindings[*].principals[*]": ("role", "team", "user", "organization")},
    permissions={"read": "user_access_read", "write": "user_access_manage"},
    title="Restriction policy",
    area="Access",
    terraform=("datadog_restriction_policy",),
    notes="The `id` names the object, as in `dashboard:${dashboard.web}`; export does not find them.",
)
