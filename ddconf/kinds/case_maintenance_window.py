"""Case maintenance window: https://docs.datadoghq.com/api/latest/case-management/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="case_maintenance_window",
    api=jsonapi(
        "/api/v2/maintenance_windows",
        "maintenance_window",
        id_in=(),
        read=None,
        update=Call("PUT", "/api/v2/maintenance_windows/{id}"),
        merges=False,
    ),
    read_only=("id", "created_by", "updated_by"),
    title="Case maintenance window",
    area="Service management",
    tier=3,
)
