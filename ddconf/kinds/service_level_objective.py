"""Service level objectives. https://docs.datadoghq.com/api/latest/service-level-objectives/"""

from ddconf.kind import Call, Kind, Pages, plain, rest

KIND = Kind(
    name="service_level_objective",
    api=rest(
        "/api/v1/slo",
        envelope=plain("data"),
        items="data",
        pages=Pages("offset", "offset", "limit", limit=1000),
        delete=Call("DELETE", "/api/v1/slo/{id}", params={"force": "true"}),
    ),
    read_only=(
        "id",
        "creator",
        "created_at",
        "modified_at",
        "type_id",
        "monitor_tags",
        "configured_alert_ids",
        "thresholds[*].target_display",
        "thresholds[*].warning_display",
    ),
    defaults={"description": ""},
    unordered=("tags", "monitor_ids", "groups"),
    references={"monitor_ids[*]": "monitor"},
    identity={"thresholds": "timeframe"},
    together=(("query", "sli_specification"),),
    permissions={"read": "slos_read", "write": "slos_write"},
    page="/slo?slo_id={id}",
    title="Service level objective",
    area="Monitors",
    terraform="datadog_service_level_objective",
)
