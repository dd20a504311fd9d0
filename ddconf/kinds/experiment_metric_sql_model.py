"""Experiment metric SQL model: https://docs.datadoghq.com/api/latest/experiments/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="experiment_metric_sql_model",
    api=jsonapi(
        "/api/v2/experiments/metric-sql-models",
        "metric-sql-models",
        update=Call("PUT", "/api/v2/experiments/metric-sql-models/{id}"),
        delete=None,
        pages=Pages("offset", "page[offset]", "page[limit]", limit=100, total="meta.page.total"),
        merges=False,
    ),
    read_only=(
        "id",
        "certified_at",
        "created_at",
        "event_count_measure_id",
        "experiment_count",
        "is_certified",
        "measures[*].id",
        "metric_count",
        "properties[*].id",
        "subject_types[*].unique_subject_count_measure_id",
        "updated_at",
    ),
    references={"subject_types[*].subject_type_id": "experiment_subject_type"},
    permissions={
        "read": "product_analytics_metrics_read",
        "write": "product_analytics_warehouse_model_write",
    },
    title="Experiment metric SQL model",
    area="Software delivery",
    tier=3,
)
