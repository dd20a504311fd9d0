"""Workflow: https://docs.datadoghq.com/api/latest/workflow-automation/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="workflow_automation",
    api=jsonapi(
        "/api/v2/workflows",
        "workflows",
        pages=Pages("page", "page", "limit", limit=50, total="meta.page.totalCount"),
        summary=True,
    ),
    read_only=("id", "createdAt", "runAsUserMode", "updatedAt", "relationships"),
    defaults={"description": "", "published": True, "sensitivePrivileges": False},
    unordered=("tags",),
    secrets=("webhookSecret",),
    references={
        "spec.connectionEnvs[*].connections[*].connectionId": "action_connection",
        "spec.triggers[*].formTrigger.formId": "form",
    },
    takes_mark=True,
    permissions={"read": "workflows_read", "write": "workflows_write"},
    title="Workflow",
    area="Service management",
    terraform=("datadog_workflow_automation",),
    tier=2,
    notes="Needs an application key that is registered for actions.",
)
