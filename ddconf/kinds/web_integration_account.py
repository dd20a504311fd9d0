"""Web integration account (generic): https://docs.datadoghq.com/api/latest/web-integrations/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="web_integration_account",
    api=jsonapi(
        "/api/v2/web-integrations/{integration_name}/accounts",
        "Account",
        id_in=(),
        parent=("integration_name", ""),
    ),
    key=("integration_name", "name"),
    read_only=("id",),
    immutable=("integration_name",),
    secrets=("secrets",),
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Web integration account (generic)",
    area="Integrations",
    tier=3,
    notes="Datadog may still change this API.",
)
