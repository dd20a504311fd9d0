"""Order of tag pipeline rulesets: https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.kind import Api, Call, Kind, ordered

_PATH = "/api/v2/tags/enrichment"

KIND = Kind(
    name="tag_pipeline_rulesets_order",
    api=Api(envelope=ordered("ruleset"), read=Call("GET", _PATH), update=Call("POST", f"{_PATH}/reorder")),
    key=(),
    references={"ids[*]": "tag_pipeline_ruleset"},
    shared_lists=("ids",),
    title="Order of tag pipeline rulesets",
    area="Cost",
    terraform=("datadog_tag_pipeline_rulesets",),
    tier=3,
    notes="List only your own in `ids`: others keep their places.",
)
