"""OAuth client scopes restriction: https://docs.datadoghq.com/api/latest/oauth2-client-public/"""

from ddconf.kind import Call, Kind, enveloped, jsonapi

KIND = Kind(
    name="oauth_client_scopes_restriction",
    api=jsonapi(
        "/api/v2/oauth2/clients/{client_uuid}/scopes_restriction",
        "scopes_restriction",
        envelope=enveloped(
            "scopes_restriction",
            id_in=(),
            create="upsert_scopes_restriction",
            update="upsert_scopes_restriction",
        ),
        list=None,
        read=Call("GET", "/api/v2/oauth2/clients/{client_uuid}/scopes_restriction"),
        update=Call("POST", "/api/v2/oauth2/clients/{client_uuid}/scopes_restriction"),
        delete=Call("DELETE", "/api/v2/oauth2/clients/{client_uuid}/scopes_restriction"),
        items="",
        merges=False,
    ),
    id="client_uuid",
    key=("client_uuid",),
    read_only=("id", "required_permission_scopes", "scopes_restriction"),
    immutable=("client_uuid",),
    permissions={"read": "org_authorized_apps_read", "write": "org_authorized_apps_write"},
    title="OAuth client scopes restriction",
    area="Access",
    tier=3,
    notes="Datadog may still change this API.",
)
