"""Service account: https://docs.datadoghq.com/api/latest/users/"""

from ddconf.document import JSON, Document
from ddconf.kind import Call, Kind, Pages, jsonapi


def _create(account: Document) -> JSON:
    return {"data": {"type": "users", "attributes": {**account, "service_account": True}}}


def _canonicalize(document: Document) -> Document:
    """Datadog writes addresses in lower case."""
    return document | {"email": str(document["email"]).lower()} if "email" in document else document


KIND = Kind(
    name="service_account",
    api=jsonapi(
        "/api/v2/service_accounts",
        "users",
        list=Call("GET", "/api/v2/users"),
        read=Call("GET", "/api/v2/users/{id}"),
        update=Call("PATCH", "/api/v2/users/{id}"),
        delete=Call("DELETE", "/api/v2/users/{id}"),
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.page.total_count"),
        create=Call("POST", "/api/v2/service_accounts", body=_create),
        where={"disabled": False, "service_account": True},
    ),
    key=("email", "name"),
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
    permissions={"read": "user_access_read", "write": "service_account_write or user_access_manage"},
    asked_only=True,
    title="Service account",
    area="Access",
    terraform=("datadog_service_account",),
    tier=2,
    notes="A delete disables. Roles are given by user_role.",
)
