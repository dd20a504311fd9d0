"""Experiment: https://docs.datadoghq.com/api/latest/experiments/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="experiment",
    api=jsonapi(
        "/api/v2/experiments",
        "experiments",
        pages=Pages("offset", "page[offset]", "page[limit]", limit=100, total="meta.page.total"),
        summary=True,
    ),
    read_only=(
        "id",
        "concluded_at",
        "conclusion",
        "created_at",
        "datadog_flag_configuration.allocation_key",
        "decision_variant_key",
        "experiment_type",
        "pipeline_table_suffix",
        "results_last_updated",
        "split_by_properties[*].id",
        "status",
        "structured_metadata[*].field_display_name",
        "structured_metadata[*].field_type",
        "updated_at",
    ),
    defaults={"subject_type_id": "06abb0e8-33b2-7001-ad2f-70568bfbf6e9"},
    unordered=("tags",),
    immutable=("protocol_id",),
    references={
        "datadog_flag_configuration.feature_flag_id": "feature_flag",
        "datadog_flag_configuration.environment_id": "feature_flag_environment",
        "decision_metrics[*].metric_id": "experiment_metric",
        "subject_type_id": "experiment_subject_type",
        "warehouse_exposure_configuration.exposure_sql_model_id": "experiment_exposure_sql_model",
    },
    permissions={
        "read": "product_analytics_experiments_read",
        "write": "product_analytics_experiments_write",
    },
    title="Experiment",
    area="Software delivery",
    tier=3,
)
