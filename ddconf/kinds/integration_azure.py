"""Azure integration: https://docs.datadoghq.com/api/latest/azure-integration/"""

from dataclasses import replace

from ddconf.document import JSON, Document
from ddconf.kind import Call, Kind, plain, rest


def _delete(account: Document) -> JSON:
    return {key: account[key] for key in ("tenant_name", "client_id")}


KIND = Kind(
    name="integration_azure",
    api=rest(
        "/api/v1/integration/azure",
        read=None,
        update=Call("PUT", "/api/v1/integration/azure", body=lambda account: account),
        delete=Call("DELETE", "/api/v1/integration/azure", body=_delete),
        envelope=replace(plain(), unwrap=lambda _answer: {}),
    ),
    id="",
    key=("tenant_name", "client_id"),
    read_only=("errors",),
    defaults={
        "resource_collection_enabled": True,
    },
    immutable=("tenant_name", "client_id"),
    secrets=("client_secret",),
    permissions={
        "read": "azure_configuration_read",
        "write": "azure_configuration_edit or azure_configurations_manage",
    },
    title="Azure integration",
    area="Integrations",
    terraform=("datadog_integration_azure",),
    tier=2,
    notes="The secret is never shown again.",
)
