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
    ),
    id="public_id",
    read_only=("public_id", "created", "billing", "subscription", "trial"),
    opt_in="its settings decide who can sign in",
    permissions={"read": "org_management", "write": "org_management"},
    title="Settings of an organisation",
    area="Access",
    terraform=("datadog_organization_settings",),
    tier=2,
    notes="The organisation exists by itself and is found by its name.",
)
