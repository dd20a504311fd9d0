"""Case type: https://docs.datadoghq.com/api/latest/case-management-type/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="case_type",
    api=jsonapi(
        "/api/v2/cases/types",
        "case_type",
        id_in=(),
        read=None,
        update=Call("PUT", "/api/v2/cases/types/{id}"),
        merges=False,
    ),
    read_only=(
        "id",
        "deleted_at",
        "internal",
        "statuses_config",
    ),
    title="Case type",
    area="Service management",
    tier=3,
)
