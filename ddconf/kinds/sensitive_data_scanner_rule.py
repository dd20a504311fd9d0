"""Sensitive Data Scanner rule: https://docs.datadoghq.com/api/latest/sensitive-data-scanner/"""

from ddconf.kind import Call, Kind, enveloped, jsonapi

KIND = Kind(
    name="sensitive_data_scanner_rule",
    api=jsonapi(
        "/api/v2/sensitive-data-scanner/config/rules",
        "sensitive_data_scanner_rule",
        envelope=enveloped("sensitive_data_scanner_rule", beside={"meta": {}}),
        list=Call("GET", "/api/v2/sensitive-data-scanner/config"),
        read=None,
        items=lambda config: config.get("included", []),
        where={"type": "sensitive_data_scanner_rule"},
        delete=Call(
            "DELETE", "/api/v2/sensitive-data-scanner/config/rules/{id}", body=lambda _document: {"meta": {}}
        ),
        queue="sensitive_data_scanner",
    ),
    read_only=(
        "id",
        "labels",
        "meta",
        "relationships.targeted_obfuscations",
    ),
    unordered=("tags",),
    immutable=("relationships.group", "relationships.standard_pattern"),
    references={
        "relationships.group.data.id": "sensitive_data_scanner_group",
        "relationships.standard_pattern.data.id": "sensitive_data_scanner_standard_pattern",
    },
    permissions={"read": "data_scanner_read", "write": "data_scanner_write"},
    title="Sensitive Data Scanner rule",
    area="Security",
    terraform=("datadog_sensitive_data_scanner_rule",),
    notes="Either `pattern` or `relationships.standard_pattern`.",
)
