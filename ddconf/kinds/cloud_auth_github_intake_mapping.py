"""Cloud auth github intake mapping: https://docs.datadoghq.com/api/latest/cloud-authentication/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="cloud_auth_github_intake_mapping",
    api=jsonapi(
        "/api/v2/cloud_auth/github/intake_mapping", "github_oidc_auth_intake_mapping", id_in=(), update=None
    ),
    key=("claim_matchers",),
    read_only=("id",),
    title="Cloud auth github intake mapping",
    area="Security",
    tier=3,
    notes="Datadog may still change this API.",
)
