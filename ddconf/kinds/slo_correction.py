"""SLO correction: https://docs.datadoghq.com/api/latest/service-level-objective-corrections/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="slo_correction",
    api=jsonapi(
        "/api/v1/slo/correction",
        "correction",
        id_in=(),
        pages=Pages("offset", "offset", "limit", limit=25, total="meta.page.total_count"),
    ),
    key=("slo_id", "start", "category"),
    read_only=("id", "created_at", "creator", "modified_at", "modifier"),
    immutable=("slo_id",),
    references={"slo_id": "service_level_objective"},
    permissions={"read": "slos_read", "write": "slos_corrections"},
    title="SLO correction",
    area="Monitors",
    terraform=("datadog_slo_correction",),
    notes="Corrections in the past are history rather than configuration.",
)
