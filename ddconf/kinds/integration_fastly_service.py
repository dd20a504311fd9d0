"""Fastly service: https://docs.datadoghq.com/api/latest/fastly-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_fastly_service",
    api=jsonapi(
        "/api/v2/integrations/fastly/accounts/{account_id}/services",
        "fastly-services",
        id_in=("create", "update"),
        parent=("account_id", "integration_fastly_account"),
    ),
    key=("account_id", "id"),
    unordered=("tags",),
    immutable=("account_id", "id"),
    references={"account_id": "integration_fastly_account"},
    permissions={"read": "integrations_read", "write": "manage_integrations"},
    title="Fastly service",
    area="Integrations",
    terraform=("datadog_integration_fastly_service",),
    tier=3,
)
