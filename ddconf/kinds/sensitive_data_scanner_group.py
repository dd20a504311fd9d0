"""Sensitive Data Scanner group: https://docs.datadoghq.com/api/latest/sensitive-data-scanner/"""

from ddconf.kind import Call, Kind, enveloped, jsonapi

KIND = Kind(
    name="sensitive_data_scanner_group",
    api=jsonapi(
        "/api/v2/sensitive-data-scanner/config/groups",
        "sensitive_data_scanner_group",
        envelope=enveloped("sensitive_data_scanner_group", beside={"meta": {}}),
        list=Call("GET", "/api/v2/sensitive-data-scanner/config"),
        read=None,
        items=lambda config: config.get("included", []),
        where={"type": "sensitive_data_scanner_group"},
        delete=Call(
            "DELETE", "/api/v2/sensitive-data-scanner/config/groups/{id}", body=lambda _document: {"meta": {}}
        ),
        order_kind="sensitive_data_scanner_group_order",
        queue="sensitive_data_scanner",
    ),
    read_only=(
        "id",
        "meta",
        "relationships",
        "relationships.targeted_obfuscations",
    ),
    defaults={"description": "", "filter.query": ""},
    unordered=("product_list", "samplings"),
    permissions={"read": "data_scanner_read", "write": "data_scanner_write"},
    title="Sensitive Data Scanner group",
    area="Security",
    terraform=("datadog_sensitive_data_scanner_group",),
    notes="Its place is in sensitive_data_scanner_group_order; each rule names its group.",
)
