"""Tag indexing rule exemption: https://docs.datadoghq.com/api/latest/metrics/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="tag_indexing_rule_exemption",
    api=jsonapi(
        "/api/v2/metrics/{metric_name}/tag-indexing-rule-exemptions",
        "tag_indexing_rule_exemptions",
        id_in=(),
        list=None,
        read=Call("GET", "/api/v2/metrics/{metric_name}/tag-indexing-rule-exemptions"),
        update=None,
        delete=Call("DELETE", "/api/v2/metrics/{metric_name}/tag-indexing-rule-exemptions"),
    ),
    id="metric_name",
    key=("metric_name",),
    read_only=("id", "created_at", "created_by_handle", "kind"),
    immutable=("metric_name",),
    permissions={"read": "metrics_read", "write": "metric_tags_write"},
    title="Tag indexing rule exemption",
    area="Metrics",
    terraform=("datadog_tag_indexing_rule_exemption",),
    tier=2,
    notes="There is no list: only what is defined here is looked at. Datadog may still change this API.",
)
