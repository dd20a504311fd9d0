"""Metric tag configuration: https://docs.datadoghq.com/api/latest/metrics/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="metric_tag_configuration",
    api=jsonapi(
        "/api/v2/metrics/{id}/tags",
        "manage_tags",
        id_in=("create", "update"),
        list=Call("GET", "/api/v2/metrics", params={"filter[configured]": "true"}),
        where={"type": "manage_tags"},
        read=Call("GET", "/api/v2/metrics/{id}/tags"),
        update=Call("PATCH", "/api/v2/metrics/{id}/tags"),
        delete=Call("DELETE", "/api/v2/metrics/{id}/tags"),
        pages=Pages("cursor", "page[cursor]", "page[size]", limit=10000, next="meta.pagination.next_cursor"),
    ),
    key=("id",),
    read_only=("created_at", "modified_at", "relationships"),
    computed=("aggregations",),
    unordered=("aggregations", "tags"),
    immutable=("metric_type", "id"),
    irreversible="the tags of a metric that was not configured are not kept",
    permissions={"read": "metrics_read", "write": "metric_tags_write"},
    title="Metric tag configuration",
    area="Metrics",
    terraform=("datadog_metric_tag_configuration",),
    tier=2,
    notes="The `id` is the metric's name.",
)
