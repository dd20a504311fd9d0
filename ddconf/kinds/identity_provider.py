"""Identity provider switch: https://docs.datadoghq.com/api/latest/identity-providers/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="identity_provider",
    api=jsonapi("/api/v2/identity_providers", "identity_providers", create=None, read=None, delete=None),
    key=("id",),
    read_only=("authentication_method",),
    immutable=("id",),
    permissions={"read": "org_management or user_access_manage", "write": "org_management"},
    asked_only=True,
    title="Identity provider switch",
    area="Access",
    tier=3,
)
