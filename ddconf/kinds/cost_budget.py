"""Cost budget: https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="cost_budget",
    api=jsonapi(
        "/api/v2/cost/budget",
        "budget",
        list=Call("GET", "/api/v2/cost/budgets"),
        create=Call("PUT", "/api/v2/cost/budget"),
        update=Call("PUT", "/api/v2/cost/budget"),
        check=Call("POST", "/api/v2/cost/budget/validate"),
        merges=False,
        summary=True,
    ),
    read_only=(
        "id",
        "created_at",
        "created_by",
        "org_id",
        "total_amount",
        "updated_at",
        "updated_by",
    ),
    unordered=("tags",),
    title="Cost budget",
    area="Cost",
    terraform=("datadog_cost_budget",),
    tier=3,
)
