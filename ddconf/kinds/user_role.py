"""Users of roles: https://docs.datadoghq.com/api/latest/roles/#get-all-users-of-a-role"""

from ddconf.kind import Api, Call, Kind, Pages, linked

_PATH = "/api/v2/roles/{role_id}/users"

KIND = Kind(
    name="user_role",
    api=Api(
        envelope=linked("users"),
        list=Call("GET", _PATH),
        create=Call("POST", _PATH),
        delete=Call("DELETE", _PATH, body=lambda user: {"data": {"type": "users", "id": user["id"]}}),
        items="data",
        pages=Pages("page", "page[number]", "page[size]", total="meta.page.total_count"),
        parent=("role_id", "role"),
    ),
    id="",
    key=("role_id", "id"),
    immutable=("role_id", "id"),
    references={"role_id": "role", "id": "user"},
    permissions={"read": "user_access_read", "write": "user_access_manage"},
    asked_only=True,
    title="User of a role",
    area="Access",
    terraform=("datadog_user_role",),
    notes="`id` is the user's.",
)
