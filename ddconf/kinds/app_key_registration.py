"""Application key registered for actions: https://docs.datadoghq.com/api/latest/action-connection/"""

from ddconf.kind import Api, Call, Kind, Pages, linked

_PATH = "/api/v2/actions/app_key_registrations"

KIND = Kind(
    name="app_key_registration",
    api=Api(
        envelope=linked("app_key_registration"),
        list=Call("GET", _PATH),
        create=Call("PUT", f"{_PATH}/{{id}}", body=lambda _key: None),
        delete=Call("DELETE", f"{_PATH}/{{id}}"),
        items="data",
        pages=Pages("page", "page[number]", "page[size]", limit=100, total="meta.total"),
    ),
    key=("id",),
    immutable=("id",),
    references={"id": "application_key"},
    permissions={
        "read": "org_app_keys_read",
        "write": "service_account_write or user_access_manage or user_app_keys",
    },
    title="Application key registration",
    area="Service management",
    terraform=("datadog_app_key_registration",),
    tier=3,
    notes="`id` is that of the application key.",
)
