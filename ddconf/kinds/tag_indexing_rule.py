"""Tag indexing rule: https://docs.datadoghq.com/api/latest/metrics/"""

from ddconf.kind import Call, Kind, Pages, jsonapi

KIND = Kind(
    name="tag_indexing_rule",
    api=jsonapi(
        "/api/v2/metrics/tag-indexing-rules",
        "tag_indexing_rules",
        id_in=(),
        update=Call("PUT", "/api/v2/metrics/tag-indexing-rules/{id}"),
        pages=Pages("offset", "page[offset]", "page[limit]", limit=100, total="meta.total"),
    ),
    read_only=("id", "created_at", "created_by_handle", "modified_at", "modified_by_handle", "rule_order"),
    defaults={
        "options.version": 1,
        "options.data.dynamic_tags.related_asset_tags": False,
        "exclude_tags_mode": False,
        "options.data.manage_preexisting_metrics": True,
        "options.data.override_previous_rules": False,
    },
    unordered=("tags",),
    permissions={"read": "metrics_read", "write": "metric_tags_write"},
    title="Tag indexing rule",
    area="Metrics",
    terraform=("datadog_tag_indexing_rule",),
    tier=2,
    notes="Its place is in tag_indexing_rule_order. Datadog may still change this API.",
)
