"""Unit cost (ROI metric): https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.kind import Call, Kind, jsonapi

KIND = Kind(
    name="cost_unit_cost",
    api=jsonapi(
        "/api/v2/cost/unit_costs",
        "unit_cost",
        update=Call("PUT", "/api/v2/cost/unit_costs/{id}"),
        merges=False,
    ),
    read_only=("id", "created_at", "created_by", "denominator_type", "org_id", "updated_at", "updated_by"),
    permissions={"read": "cloud_cost_management_read", "write": "cloud_cost_management_read"},
    title="Unit cost (ROI metric)",
    area="Cost",
    tier=3,
    notes="Datadog may still change this API.",
)
