"""Cloud auth github persona mapping: https://docs.datadoghq.com/api/latest/cloud-authentication/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="cloud_auth_github_persona_mapping",
    api=jsonapi(
        "/api/v2/cloud_auth/github/persona_mapping", "github_oidc_auth_config", id_in=(), update=None
    ),
    key=("account_identifier", "claim_matchers"),
    read_only=("id", "account_uuid"),
    title="Cloud auth github persona mapping",
    area="Security",
    tier=3,
    notes="Datadog may still change this API.",
)
