"""Google Chat target audience: https://docs.datadoghq.com/api/latest/google-chat-integration/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="integration_google_chat_target_audience",
    api=jsonapi(
        "/api/v2/integration/google-chat/organizations/{organization_binding_id}/target-audiences",
        "google-chat-target-audience",
        id_in=(),
        parent=("organization_binding_id", ""),
    ),
    key=("organization_binding_id", "audience_name"),
    read_only=("id",),
    immutable=("organization_binding_id",),
    title="Google Chat target audience",
    area="Integrations",
    tier=3,
)
