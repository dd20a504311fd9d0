"""Experiment exposure SQL model: https://docs.datadoghq.com/api/latest/experiments/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="experiment_exposure_sql_model",
    api=jsonapi(
        "/api/v2/experiments/exposure-sql-models",
        "exposure-sql-models",
        update=Call("PUT", "/api/v2/experiments/exposure-sql-models/{id}"),
        delete=None,
        pages=Pages("offset", "page[offset]", "page[limit]", limit=100, total="meta.page.total"),
        merges=False,
    ),
    read_only=(
        "id",
        "archived_at",
        "created_at",
        "experiment_count",
        "properties[*].id",
        "properties[*].pipeline_column_suffix",
        "updated_at",
    ),
    references={"subject_types[*].subject_type_id": "experiment_subject_type"},
    permissions={
        "read": "product_analytics_metrics_read",
        "write": "product_analytics_warehouse_model_write",
    },
    title="Experiment exposure SQL model",
    area="Software delivery",
    tier=3,
)
