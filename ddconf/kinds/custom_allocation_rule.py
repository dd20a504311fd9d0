"""Custom cost allocation rule: https://docs.datadoghq.com/api/latest/cloud-cost-management/"""

from ddconf.kind import Kind, enveloped, jsonapi

KIND = Kind(
    name="custom_allocation_rule",
    api=jsonapi(
        "/api/v2/cost/arbitrary_rule",
        "arbitrary_rule",
        envelope=enveloped("arbitrary_rule", create="upsert_arbitrary_rule", update="upsert_arbitrary_rule"),
    ),
    key=("rule_name",),
    read_only=(
        "id",
        "created",
        "last_modified_user_uuid",
        "order_id",
        "processing_status",
        "updated",
        "version",
    ),
    title="Custom cost allocation rule",
    area="Cost",
    terraform=("datadog_custom_allocation_rule",),
    tier=3,
)
