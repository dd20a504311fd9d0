"""Settings of an organisation: https://docs.datadoghq.com/api/latest/organizations/"""

from dataclasses import replace

from ddconf.kind import Kind, plain, rest

KIND = Kind(
    name="organization_settings",
    api=rest(
        "/api/v1/org",
        envelope=replace(plain(), unwrap=lambda answer: answer.get("org", answer)),
        items="orgs",
        create=None,
        delete=None,
        merges=True,
    ),
    id="public_id",
    read_only=(
        "public_id",
        "billing",
        "created",
        "settings.custom_landing_page",
        "settings.default_landing_page",
        "settings.manage_reports",
        "settings.saml_can_be_enabled",
        "settings.saml_idp_endpoint",
        "settings.saml_idp_metadata_uploaded",
        "settings.saml_idp_metadata_valid_until",
        "settings.saml_login_url",
        "subscription",
        "trial",
    ),
    opt_in="its settings decide who can sign in",
    permissions={"read": "org_management", "write": "org_management"},
    asked_only=True,
    title="Settings of an organisation",
    area="Access",
    terraform=("datadog_organization_settings",),
    tier=2,
    notes="The organisation exists by itself and is found by its name.",
)
