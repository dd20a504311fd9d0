"""Deployment gate: https://docs.datadoghq.com/api/latest/deployment-gates/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="deployment_gate",
    api=jsonapi(
        "/api/v2/deployment_gates",
        "deployment_gate",
        update=Call("PUT", "/api/v2/deployment_gates/{id}"),
        pages=Pages("cursor", "page[cursor]", "page[size]", limit=1000, next="meta.page.next_cursor"),
        merges=False,
    ),
    key=("service", "env", "identifier"),
    unique_key=True,
    read_only=("id", "created_at", "created_by", "updated_at", "updated_by"),
    defaults={"dry_run": False, "identifier": "default"},
    immutable=("env", "identifier", "service"),
    permissions={"read": "deployment_gates_read", "write": "deployment_gates_write"},
    title="Deployment gate",
    area="Software delivery",
    terraform=("datadog_deployment_gate",),
    tier=3,
    notes="Datadog may still change this API.",
)
