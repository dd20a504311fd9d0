"""Permissions that roles hold: https://docs.datadoghq.com/api/latest/roles/#list-permissions"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="permission",
    api=jsonapi("/api/v2/permissions", "permissions", read=None, create=None, update=None, delete=None),
    unique_key=True,
    read_only=(
        "id",
        "created",
        "description",
        "display_name",
        "display_type",
        "group_name",
        "name_aliases",
        "restricted",
    ),
    permissions={"read": "user_access_read"},
    title="Permission",
    area="Access",
    notes="Datadog's own, with other ids on other sites: roles name it, as `${permission[logs_read_data]}`.",
)
