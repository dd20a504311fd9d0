"""AuthN mapping: https://docs.datadoghq.com/api/latest/authn-mappings/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="authn_mapping",
    api=jsonapi(
        "/api/v2/authn_mappings",
        "authn_mappings",
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total_count"),
    ),
    key=("attribute_key", "attribute_value"),
    read_only=(
        "id",
        "created_at",
        "modified_at",
        "saml_assertion_attribute_id",
        "relationships.saml_assertion_attribute",
    ),
    references={"relationships.role.data.id": "role", "relationships.team.data.id": "team"},
    permissions={"read": "user_access_read", "write": "user_access_manage"},
    title="AuthN mapping",
    area="Access",
    terraform=("datadog_authn_mapping",),
    tier=2,
    notes="Either a role or a team.",
)
