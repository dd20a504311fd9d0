"""Personal access token: https://docs.datadoghq.com/api/latest/key-management/"""

from datetime import datetime

from ddconf.document import Document
from ddconf.kind import Kind, Pages, jsonapi


def _canonicalize(token: Document) -> Document:
    """Datadog leaves zeros away at the end of a fraction of a second."""
    return {**token, "expires_at": datetime.fromisoformat(token["expires_at"]).isoformat()}


KIND = Kind(
    name="personal_access_token",
    api=jsonapi(
        "/api/v2/personal_access_tokens",
        "personal_access_tokens",
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total_filtered_count"),
    ),
    read_only=(
        "id",
        "created_at",
        "last_used_at",
        "modified_at",
        "public_portion",
        "key",
        "relationships",
    ),
    canonicalize=_canonicalize,
    immutable=("expires_at",),
    unordered=("scopes",),
    permissions={
        "read": "org_app_keys_read or user_app_keys",
        "write": "org_app_keys_write or user_app_keys",
    },
    asked_only=True,
    title="Personal access token",
    area="Access",
    tier=3,
)
