"""Metadata of metrics: https://docs.datadoghq.com/api/latest/metrics/#edit-metric-metadata"""

from ddconf.kind import Api, Call, Kind, plain

_PATH = "/api/v1/metrics/{metric_name}"

KIND = Kind(
    name="metric_metadata",
    api=Api(envelope=plain(), read=Call("GET", _PATH), update=Call("PUT", _PATH)),
    id="metric_name",
    key=("metric_name",),
    read_only=("integration",),
    immutable=("metric_name",),
    appears="with the metric's first point",
    permissions={"read": "metrics_read", "write": "metrics_metadata_write"},
    title="Metadata of a metric",
    area="Metrics",
    terraform=("datadog_metric_metadata",),
    tier=2,
    notes="The metric exists by itself, once it was sent; only what is defined here is looked at.",
)
