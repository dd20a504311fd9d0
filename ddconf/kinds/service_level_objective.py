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
    read_only=("creator", "created_at", "modified_at"),
    unordered=("tags", "monitor_ids"),
    references={"monitor_ids[*]": "monitor"},
    page="/slo?slo_id={id}",
    title="Service level objective",
    area="Monitors",
    terraform="datadog_service_level_objective",
)
