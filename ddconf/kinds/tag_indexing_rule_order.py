"""The order of tag indexing rules: https://docs.datadoghq.com/api/latest/metrics/"""

from dataclasses import replace

from ddconf.kind import Api, Call, Kind, ordered

_PATH = "/api/v2/metrics/tag-indexing-rules"

KIND = Kind(
    name="tag_indexing_rule_order",
    api=Api(
        envelope=replace(
            ordered("tag_indexing_rules"),
            wrap=lambda order, _id: {
                "data": {"type": "tag_indexing_rules", "attributes": {"rule_ids": order["ids"]}}
            },
        ),
        read=Call("GET", _PATH, params={"page[limit]": "1000"}),
        update=Call("POST", f"{_PATH}/order"),
    ),
    key=(),
    references={"ids[*]": "tag_indexing_rule"},
    shared_lists=("ids",),
    permissions={"read": "metrics_read", "write": "metric_tags_write"},
    title="Order of tag indexing rules",
    area="Metrics",
    terraform=("datadog_tag_indexing_rule_order",),
    tier=2,
    notes="List only your own rules in `ids`: others keep their places. Datadog may still change this API.",
)
