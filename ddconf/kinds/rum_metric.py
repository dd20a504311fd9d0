"""RUM-based metric: https://docs.datadoghq.com/api/latest/rum-metrics/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="rum_metric",
    api=jsonapi("/api/v2/rum/config/metrics", "rum_metrics", id_in=("create", "update")),
    key=("id",),
    defaults={"filter.query": "*"},
    unordered=("group_by",),
    immutable=("event_type", "uniqueness", "compute.aggregation_type", "compute.path", "id"),
    identity={"group_by": "path"},
    title="RUM-based metric",
    area="Digital experience",
    terraform=("datadog_rum_metric",),
    tier=2,
    notes="The `id` is the metric's name. What it computes cannot change: it is deleted and made anew.",
)
