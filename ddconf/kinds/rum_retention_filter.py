"""RUM retention filter: https://docs.datadoghq.com/api/latest/rum-retention-filters/"""

from ddconf.kind import Kind, jsonapi

KIND = Kind(
    name="rum_retention_filter",
    api=jsonapi(
        "/api/v2/rum/applications/{app_id}/retention_filters",
        "retention_filters",
        parent=("app_id", "rum_application"),
    ),
    key=("app_id", "name"),
    read_only=("id",),
    defaults={
        "cross_product_sampling.session_replay_enabled": True,
        "cross_product_sampling.session_replay_sample_rate": 100,
        "cross_product_sampling.trace_enabled": False,
    },
    computed=("cross_product_sampling.trace_sample_rate",),
    immutable=("app_id",),
    references={"app_id": "rum_application"},
    title="RUM retention filter",
    area="Digital experience",
    terraform=("datadog_rum_retention_filter",),
    tier=2,
    notes="Its place is in rum_retention_filters_order.",
)
