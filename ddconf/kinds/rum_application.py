"""RUM application: https://docs.datadoghq.com/api/latest/rum/"""

from ddconf.kind import Kind, enveloped, jsonapi

KIND = Kind(
    name="rum_application",
    api=jsonapi(
        "/api/v2/rum/applications",
        "rum_application",
        envelope=enveloped(
            "rum_application", create="rum_application_create", update="rum_application_update"
        ),
        summary=True,
    ),
    read_only=(
        "id",
        "api_key_id",
        "application_id",
        "client_token",
        "created_at",
        "created_by_handle",
        "hash",
        "is_active",
        "org_id",
        "product_scales",
        "remote_config_id",
        "updated_at",
        "updated_by_handle",
    ),
    permissions={"read": "rum_apps_read", "write": "rum_apps_write"},
    title="RUM application",
    area="Digital experience",
    terraform=("datadog_rum_application",),
    tier=2,
)
