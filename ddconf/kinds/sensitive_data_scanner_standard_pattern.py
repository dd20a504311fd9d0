"""Patterns of Datadog's own: https://docs.datadoghq.com/api/latest/sensitive-data-scanner/#list-standard-patterns"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="sensitive_data_scanner_standard_pattern",
    api=jsonapi(
        "/api/v2/sensitive-data-scanner/config/standard-patterns",
        "sensitive_data_scanner_standard_pattern",
        read=None,
        create=None,
        update=None,
        delete=None,
    ),
    unique_key=True,
    read_only=("id", "description", "included_keywords", "pattern", "priority", "tags"),
    permissions={"read": "data_scanner_read"},
    title="Sensitive Data Scanner standard pattern",
    area="Security",
    notes="Datadog's own, with other ids in other organisations: rules name it by `${...[Name of it]}`.",
)
