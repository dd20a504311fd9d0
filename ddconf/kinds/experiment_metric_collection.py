"""Experiment metric collection: https://docs.datadoghq.com/api/latest/experiments/"""

from ddconf.kind import Kind, Pages, jsonapi

KIND = Kind(
    name="experiment_metric_collection",
    api=jsonapi(
        "/api/v2/experiments/metric-collections",
        "metric-collections",
        pages=Pages("offset", "page[offset]", "page[limit]", limit=100, total="meta.page.total"),
    ),
    read_only=(
        "id",
        "created_at",
        "metric_count",
        "metrics[*].metric_name",
        "updated_at",
    ),
    defaults={"is_guardrail": False},
    references={"metrics[*].metric_id": "experiment_metric"},
    permissions={"read": "product_analytics_metrics_read", "write": "product_analytics_metrics_write"},
    title="Experiment metric collection",
    area="Software delivery",
    tier=3,
)
