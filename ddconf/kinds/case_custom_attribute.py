"""Case custom attribute: https://docs.datadoghq.com/api/latest/case-management-attribute/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="case_custom_attribute",
    api=jsonapi(
        "/api/v2/cases/types/{case_type_id}/custom_attributes",
        "custom_attribute",
        id_in=(),
        read=None,
        update=Call("PUT", "/api/v2/cases/types/{case_type_id}/custom_attributes/{id}"),
        merges=False,
        parent=("case_type_id", "case_type"),
    ),
    key=("case_type_id", "key"),
    read_only=(
        "id",
        "case_type",
    ),
    immutable=("case_type_id", "is_multi", "key"),
    references={"case_type_id": "case_type"},
    title="Case custom attribute",
    area="Service management",
    tier=3,
)
