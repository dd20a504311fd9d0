"""Experiment subject type: https://docs.datadoghq.com/api/latest/experiments/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="experiment_subject_type",
    api=jsonapi(
        "/api/v2/experiments/subject-types",
        "subject-types",
        pages=Pages("offset", "page[offset]", "page[limit]", limit=100, total="meta.page.total"),
    ),
    read_only=(
        "id",
        "created_at",
        "experiment_count",
        "exposure_source_count",
        "is_default",
        "metric_sql_model_count",
        "protocol_count",
        "updated_at",
    ),
    permissions={"read": "product_analytics_settings_read", "write": "product_analytics_settings_write"},
    title="Experiment subject type",
    area="Software delivery",
    tier=3,
)
