"""Deployment gate rule: https://docs.datadoghq.com/api/latest/deployment-gates/"""

from dataclasses import replace

from ddconf.kind import Call, Kind, enveloped, jsonapi, plain

KIND = Kind(
    name="deployment_rule",
    api=jsonapi(
        "/api/v2/deployment_gates/{gate_id}/rules",
        "deployment_rule",
        # The list is one object, which has the rules without an envelope.
        envelope=replace(enveloped("deployment_rule", id_in=()), item=plain().item),
        items="data.attributes.rules",
        update=Call("PUT", "/api/v2/deployment_gates/{gate_id}/rules/{id}"),
        merges=False,
        summary=True,
        parent=("gate_id", "deployment_gate"),
    ),
    key=("gate_id", "name"),
    read_only=("id", "created_at", "created_by", "updated_at", "updated_by"),
    defaults={"dry_run": False},
    immutable=("gate_id", "type"),
    references={"gate_id": "deployment_gate"},
    permissions={"read": "deployment_gates_read", "write": "deployment_gates_write"},
    title="Deployment gate rule",
    area="Software delivery",
    terraform=("datadog_deployment_gate",),
    tier=3,
    notes="Datadog may still change this API.",
)
