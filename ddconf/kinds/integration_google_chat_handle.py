"""Google Chat handle: https://docs.datadoghq.com/api/latest/google-chat-integration/"""

from ddconf.kind import Kind, enveloped, jsonapi

_TYPE = "google-chat-organization-handle"
"""Bodies have it beside the data, too."""

KIND = Kind(
    name="integration_google_chat_handle",
    api=jsonapi(
        "/api/v2/integration/google-chat/organizations/{organization_binding_id}/organization-handles",
        _TYPE,
        envelope=enveloped(_TYPE, id_in=(), beside={"type": _TYPE}),
        parent=("organization_binding_id", ""),
    ),
    key=("organization_binding_id", "name"),
    read_only=("id", "space_display_name"),
    immutable=("organization_binding_id",),
    title="Google Chat handle",
    area="Integrations",
    tier=2,
    notes="Of the organisations those are looked at that definitions name.",
)
