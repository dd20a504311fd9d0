"""User: https://docs.datadoghq.com/api/latest/users/"""

from ddconf.document import Document
from ddconf.kind import Kind, Pages, jsonapi


def _canonicalize(document: Document) -> Document:
    """Datadog writes addresses in lower case."""
    return document | {"email": str(document["email"]).lower()} if "email" in document else document


KIND = Kind(
    name="user",
    api=jsonapi(
        "/api/v2/users",
        "users",
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total_count"),
        where={"disabled": False, "service_account": False},
    ),
    key=("email",),
    unique_key=True,
    canonicalize=_canonicalize,
    read_only=(
        "id",
        "allowed_login_methods",
        "created_at",
        "handle",
        "icon",
        "last_login_time",
        "mfa_enabled",
        "modified_at",
        "relationships",
        "service_account",
        "status",
        "uuid",
        "verified",
    ),
    defaults={"title": "", "disabled": False},
    immutable=("email",),
    permissions={
        "read": "user_access_read",
        "write": "service_account_write or user_access_invite or user_access_manage",
    },
    asked_only=True,
    title="User",
    area="Access",
    terraform=("datadog_user",),
    tier=2,
    notes="A delete disables. Roles are given by user_role; invitations are sent by hand.",
)
