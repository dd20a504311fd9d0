"""Historical ingestion of a metric: https://docs.datadoghq.com/api/latest/metrics/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="historical_metrics_configuration",
    api=jsonapi(
        "/api/v2/metrics/historical-metrics-configurations",
        "historical_metrics_configurations",
        id_in=("create",),
        list=None,
        update=None,
    ),
    key=("id",),
    read_only=("created_at",),
    immutable=("id",),
    permissions={"read": "metrics_read", "write": "late_metrics_config_write"},
    title="Historical metrics ingestion",
    area="Metrics",
    tier=3,
    notes="The `id` is the metric's name. There is no list: only what is defined here is looked at. "
    "Datadog may still change this API.",
)
