"""SAML configuration: https://docs.datadoghq.com/api/latest/organizations/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="saml_configuration",
    api=jsonapi("/api/v2/saml_configurations", "saml_configurations", create=None, delete=None),
    key=("id",),
    read_only=(
        "assertion_consumer_service",
        "created_at",
        "entity_id",
        "expires_at",
        "modified_at",
        "sso_url",
    ),
    immutable=("id",),
    references={"relationships.default_roles.data[*].id": "role"},
    permissions={"read": "org_management", "write": "org_management"},
    asked_only=True,
    title="SAML configuration",
    area="Access",
    tier=3,
)
