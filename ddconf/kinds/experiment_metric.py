"""Experiment metric: https://docs.datadoghq.com/api/latest/experiments/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="experiment_metric",
    api=jsonapi(
        "/api/v2/experiments/metrics",
        "metrics",
        pages=Pages("offset", "page[offset]", "page[limit]", limit=100, total="meta.page.total"),
    ),
    read_only=(
        "id",
        "certified_at",
        "created_at",
        "experiment_count",
        "metric_type",
        "reference_url",
        "updated_at",
        "denominator_aggregation.pipeline_column_suffix",
        "denominator_aggregation.warehouse_metric_measure.pipeline_column_suffix",
        "numerator_aggregation.pipeline_column_suffix",
        "numerator_aggregation.warehouse_metric_measure.pipeline_column_suffix",
        "percentile_aggregation.pipeline_column_suffix",
        "percentile_aggregation.warehouse_metric_measure.pipeline_column_suffix",
    ),
    defaults={
        "description": "",
        "format_as_percent": False,
        "numerator_aggregation.timeframe_start_value": 0,
        "numerator_aggregation.winsorization_strategy": "all_assigned_subjects",
    },
    permissions={"read": "product_analytics_metrics_read", "write": "product_analytics_metrics_write"},
    title="Experiment metric",
    area="Software delivery",
    tier=3,
)
