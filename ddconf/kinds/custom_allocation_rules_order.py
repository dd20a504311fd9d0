"""Order of cost allocation rules: https://docs.datadoghq.com/api/latest/"""

from ddconf.kind import Api, Call, Kind, ordered

_PATH = "/api/v2/cost/arbitrary_rule"

KIND = Kind(
    name="custom_allocation_rules_order",
    api=Api(
        envelope=ordered("arbitrary_rule"),
        read=Call("GET", _PATH),
        update=Call("POST", f"{_PATH}/reorder"),
    ),
    key=(),
    references={"ids[*]": "custom_allocation_rule"},
    shared_lists=("ids",),
    title="Order of cost allocation rules",
    area="Cost",
    terraform=("datadog_custom_allocation_rules",),
    tier=3,
    notes="List only your own in `ids`: others keep their places.",
)
